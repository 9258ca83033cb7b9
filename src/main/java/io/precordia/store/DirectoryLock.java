package io.precordia.store;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process, or a second opening in this one, out of a data directory. The operating
 * system frees it when a process dies.
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // Held by this very process. The channel stays open: on POSIX systems closing it would free
        // the lock that the other opening holds.
        throw inUse();
      }
      if (lock == null) {
        channel.close();
        throw inUse();
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw DurableFiles.failure("the data directory cannot be locked", e);
    }
  }

  private static PrecordiaException inUse() {
    return new PrecordiaException(
        ErrorCode.CONFLICT,
        "the data directory is in use by another process; stop that one, or talk to it with --url instead of --data");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }
}
