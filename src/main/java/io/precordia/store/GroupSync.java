package io.precordia.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes new names in one directory durable for many threads at once: whoever asks while a sync is
 * under way shares the next one with all others who do. Thread-safe.
 */
public final class GroupSync {
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private long asked;
  private long done;
  private boolean running;

  public GroupSync(Path directory) {
    this.directory = directory;
  }

  /** When this returns, every name given before the call survives a crash. */
  public void sync() throws IOException {
    lock.lock();
    try {
      long mine = ++asked;
      while (done < mine) {
        if (running) {
          ended.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead() throws IOException {
    running = true;
    long upTo = asked;
    boolean good = false;
    lock.unlock();
    try {
      force();
      good = true;
    } finally {
      lock.lock();
      running = false;
      if (good) {
        done = Math.max(done, upTo);
      }
      ended.signalAll();
    }
  }

  private void force() throws IOException {
    if (DurableFiles.posix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
