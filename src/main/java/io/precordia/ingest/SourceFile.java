package io.precordia.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that may be imported; it is read only when its turn comes.
 *
 * @param name path-like name, {@code /} between folders; files that belong together lie in one
 *     folder
 * @param size bytes
 */
public record SourceFile(String name, long size, Content content) {
  /** Reads the bytes; may be called more than once. */
  @FunctionalInterface
  public interface Content {
    byte[] read() throws IOException;
  }

  /** A file on disk. */
  public static SourceFile of(Path path) throws IOException {
    return new SourceFile(
        path.toString().replace('\\', '/'), Files.size(path), () -> Files.readAllBytes(path));
  }

  /** Bytes in memory. */
  public static SourceFile of(String name, byte[] bytes) {
    return new SourceFile(name.replace('\\', '/'), bytes.length, () -> bytes);
  }

  String folder() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  String baseName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
