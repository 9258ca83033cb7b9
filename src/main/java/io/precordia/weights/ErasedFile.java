package io.precordia.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Erasing a file so that its bytes are gone, as far as the file system overwrites in place. */
public final class ErasedFile {
  private ErasedFile() {}

  /**
   * Overwrites a file's bytes in place, fsyncs, and deletes it.
   *
   * @return false if there was no such file
   */
  public static boolean erase(Path file) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
      for (long left = out.size(); left > 0; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), left));
        left -= out.write(zeros);
      }
      out.force(true);
    } catch (NoSuchFileException e) {
      return false;
    }
    Files.deleteIfExists(file);
    return true;
  }
}
