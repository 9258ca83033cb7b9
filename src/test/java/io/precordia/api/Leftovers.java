package io.precordia.api;

import io.precordia.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** Folders of programs that may still write for a moment after they were told to end. */
public final class Leftovers {
  private Leftovers() {}

  /** Deletes a folder with everything in it, again as long as something new appears there. */
  public static void delete(Path folder) throws IOException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (folder.toFile().exists()) {
      try {
        TestFolders.delete(folder);
      } catch (IOException | UncheckedIOException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
