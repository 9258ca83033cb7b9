package io.precordia;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that tests made outside of JUnit's care. */
public final class TestFolders {
  private TestFolders() {}

  /**
   * Deletes a folder with everything in it, again as long as something new appears there: programs
   * may still write for a moment after they were told to end.
   */
  public static void delete(Path folder) throws IOException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (folder.toFile().exists()) {
      try {
        deleteOnce(folder);
      } catch (IOException | UncheckedIOException e) {
        if (System.nanoTime() > until) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void deleteOnce(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
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
