package io.precordia.ingest;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files on their way in: how many, how many bytes they may still need on the disk, and when the
 * last one ended. Thread-safe.
 */
final class Receptions {
  /** A sender that waits for the next answer is not seen; it counts as sending for this long. */
  private static final long LINGER_NANOS = Duration.ofMillis(100).toNanos();

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong reserved = new AtomicLong();
  private volatile long ended = System.nanoTime() - LINGER_NANOS;

  void begun() {
    open.incrementAndGet();
  }

  void ended() {
    ended = System.nanoTime();
    open.decrementAndGet();
  }

  /** Adds to the bytes that receptions may write; returns their sum. */
  long reserve(long bytes) {
    return reserved.addAndGet(bytes);
  }

  /** Whether somebody is sending. */
  boolean busy() {
    return open.get() > 0 || System.nanoTime() - ended < LINGER_NANOS;
  }
}
