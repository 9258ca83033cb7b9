package io.precordia.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A weights file as it was when its header was read, so that a later reading notices that another
 * has taken its place.
 *
 * @param key the file system's identity of the file; null where it has none
 */
record WeightFile(Path path, long size, FileTime modified, @Nullable Object key) {
  static WeightFile of(Path path) throws IOException {
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
    return new WeightFile(path, now.size(), now.lastModifiedTime(), now.fileKey());
  }

  /**
   * @throws IOException if the file is gone or is no longer the one whose header was read
   */
  FileChannel open() throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (!of(path).equals(this)) {
        throw new IOException("the file was replaced or changed");
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
