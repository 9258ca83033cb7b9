package io.precordia.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the worker does next. Entries that were in work when the program ended are suspects: one of
 * them may have ended it, or somebody killed the program and they are innocent. They come after the
 * others, the least suspected first, and each alone, so that a crash then tells which one it is.
 * Any thread may add; one thread takes.
 */
final class WorkQueue {
  /** Bytes of encoded files in one batch; decoded they may be many times that. */
  private static final long BATCH_BYTES = 32L << 20;

  /** However busy the queue, a suspect waits no longer than this for its turn. */
  private static final Duration SUSPECT_WAIT = Duration.ofSeconds(30);

  private final BlockingQueue<Inbox.Entry> fresh = new LinkedBlockingQueue<>();
  private final Queue<Inbox.Entry> suspects =
      new PriorityQueue<>(
          Comparator.comparingInt(Inbox.Entry::crashes).thenComparingLong(Inbox.Entry::sequence));
  private long lastSuspect = System.nanoTime();

  /** Adds what a former run left; called before the first {@link #next}. */
  void resume(Inbox.Entry entry) {
    if (entry.crashes() > 0) {
      suspects.add(entry);
    } else {
      fresh.add(entry);
    }
  }

  void add(Inbox.Entry entry) {
    fresh.add(entry);
  }

  /** The next batch; empty if nothing comes within a moment. */
  List<Inbox.Entry> next(int batch) throws InterruptedException {
    boolean due = fresh.isEmpty() || System.nanoTime() - lastSuspect > SUSPECT_WAIT.toNanos();
    Inbox.Entry suspect = due ? suspects.poll() : null;
    if (suspect != null) {
      lastSuspect = System.nanoTime();
      return List.of(suspect);
    }
    List<Inbox.Entry> entries = new ArrayList<>();
    long bytes = 0;
    for (Inbox.Entry entry = fresh.poll(200, TimeUnit.MILLISECONDS);
        entry != null;
        entry = fresh.poll()) {
      entries.add(entry);
      bytes += entry.bytes();
      Inbox.Entry following = fresh.peek();
      if (following == null || entries.size() >= batch || bytes + following.bytes() > BATCH_BYTES) {
        break;
      }
    }
    return entries;
  }
}
