package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.ErasedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that are wholly there or not at all after a crash, readable by their owner only. */
public final class DurableFiles {
  private static final String TEMPORARY = ".tmp";

  private DurableFiles() {}

  /**
   * Writes through a temporary name, fsyncs the file, renames it, fsyncs the directory. Replaces an
   * older file.
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING),
              ownerOnly(file, "rw-------"))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        out.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Opens a new file for writing, readable by its owner only. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        ownerOnly(file, "rw-------"));
  }

  /** The name that a file has until it is whole; {@link #isTemporary} tells it. */
  public static Path temporary(Path directory, String token) {
    return directory.resolve(token + TEMPORARY);
  }

  /** Makes the directory and its missing parents, owner-only. */
  public static void directory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        syncDirectory(parent);
      }
    }
  }

  /** Whether a name is a leftover of a write that a crash cut short. */
  public static boolean isTemporary(Path file) {
    return file.getFileName().toString().endsWith(TEMPORARY);
  }

  /** Overwrites a file's bytes in place, fsyncs, and deletes it. A missing file is no error. */
  public static void shred(Path file) throws IOException {
    if (ErasedFile.erase(file)) {
      syncDirectory(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
  }

  /** The error of a failed file operation, without the file's name. */
  public static PrecordiaException failure(String what, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return new PrecordiaException(ErrorCode.CORRUPT_STORE, what + ": its file is missing", cause);
    }
    boolean full = String.valueOf(cause.getMessage()).contains("No space left");
    return new PrecordiaException(
        ErrorCode.STORAGE_FULL,
        what
            + (full
                ? ": the disk is full; free some space"
                : ": the data directory is not readable or writable ("
                    + cause.getClass().getSimpleName()
                    + ")"),
        cause);
  }

  static boolean posix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownerOnly(Path file, String mode) {
    return posix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static void syncDirectory(Path directory) throws IOException {
    if (posix(
        directory)) { // other systems cannot open a directory; their rename is durable by itself
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
