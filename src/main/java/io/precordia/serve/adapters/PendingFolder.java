package io.precordia.serve.adapters;

import io.precordia.weights.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An upload that is not published yet. A locked file beside the folder says that somebody works on
 * it, in this process or another; what a crash left behind is not locked.
 */
final class PendingFolder {
  private static final String PREFIX = ".pending-";
  private static final String LOCK = ".lock";

  private final Path path;
  private final Path lockFile;
  private final FileChannel lock;

  private PendingFolder(Path path, Path lockFile, FileChannel lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** A fresh folder with the given files, each fsynced. */
  static PendingFolder create(Path parent, Map<String, byte[]> files) throws IOException {
    Path path = parent.resolve(PREFIX + UUID.randomUUID());
    Path lockFile = path.resolveSibling(path.getFileName() + LOCK);
    FileChannel lock =
        FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    PendingFolder pending = new PendingFolder(path, lockFile, lock);
    try {
      lock.lock();
      Files.createDirectory(path);
      files.forEach(
          (name, content) ->
              AtomicFile.replace(
                  path.resolve(name),
                  channel -> {
                    ByteBuffer buffer = ByteBuffer.wrap(content);
                    while (buffer.hasRemaining()) {
                      channel.write(buffer);
                    }
                  }));
      return pending;
    } catch (IOException | RuntimeException | Error e) {
      pending.discard();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Gives the folder another name, at one moment. */
  void moveTo(Path target) throws IOException {
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    unlock();
  }

  void discard() throws IOException {
    delete(path);
    unlock();
  }

  private void unlock() throws IOException {
    Files.deleteIfExists(lockFile);
    lock.close();
  }

  /** Removes what nobody works on any more. */
  static void sweep(Path parent) throws IOException {
    for (Path left : list(parent)) {
      String name = String.valueOf(left.getFileName());
      if (name.startsWith(PREFIX) && !name.endsWith(LOCK)) {
        Path lockFile = left.resolveSibling(name + LOCK);
        if (!Files.exists(lockFile)) {
          delete(left);
        }
      } else if (name.startsWith(PREFIX)) {
        sweep(left, left.resolveSibling(name.substring(0, name.length() - LOCK.length())));
      }
    }
  }

  private static void sweep(Path lockFile, Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
      @Nullable FileLock own = channel.tryLock();
      if (own != null) {
        delete(folder);
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException e) {
      // another registry of this process works on it
      return;
    }
  }

  /** Removes a folder of plain files; one that is absent is no error. */
  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : list(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
