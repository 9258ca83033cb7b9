package io.precordia.weights;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Replaces a file as a whole: temporary file beside it, fsync, rename, fsync of the folder. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the new content. */
  @FunctionalInterface
  public interface Content {
    void write(FileChannel channel) throws IOException;
  }

  /**
   * @throws PrecordiaException STORAGE_FULL if the disk is full or not writable; the old file then
   *     stays
   */
  public static void replace(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = java.util.Objects.requireNonNull(target.getParent());
    Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "a file could not be written; check free space and rights", e);
    } finally {
      discard(temporary);
    }
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      System.getLogger(AtomicFile.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary file could not be removed", e);
    }
  }
}
