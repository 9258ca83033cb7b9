package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The instances between acceptance and processing, with their count and bytes bounded. Thread-safe.
 */
final class Waiting {
  private final IngestLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Slot> slots = new HashMap<>();
  private long bytes;

  Waiting(IngestLimits limits) {
    this.limits = limits;
  }

  private record Slot(long bytes, boolean durable) {}

  /** What became of a wish to add. */
  enum Admission {
    /** The caller writes it and then calls {@link #durable} or {@link #done}. */
    GRANTED,
    /** The same instance waits already, durably. */
    DUPLICATE
  }

  /** Refuses with BUSY if one more of this size would not fit. */
  void admit(long size) {
    lock.lock();
    try {
      check(size);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place. If another thread is writing the same instance, waits for its end. */
  Admission enter(String id, long size) {
    lock.lock();
    try {
      while (true) {
        Slot slot = slots.get(id);
        if (slot == null) {
          check(size);
          put(id, new Slot(size, false));
          return Admission.GRANTED;
        }
        if (slot.durable()) {
          return Admission.DUPLICATE;
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a place for what a former run accepted, whatever the bounds. */
  void resume(String id, long size) {
    lock.lock();
    try {
      put(id, new Slot(size, true));
    } finally {
      lock.unlock();
    }
  }

  void durable(String id) {
    lock.lock();
    try {
      Slot slot = slots.get(id);
      if (slot != null) {
        slots.put(id, new Slot(slot.bytes(), true));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the place back: processed, or never written. */
  void done(String id) {
    lock.lock();
    try {
      Slot slot = slots.remove(id);
      if (slot != null) {
        bytes -= slot.bytes();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean contains(String id) {
    lock.lock();
    try {
      return slots.containsKey(id);
    } finally {
      lock.unlock();
    }
  }

  List<String> ids() {
    lock.lock();
    try {
      return List.copyOf(slots.keySet());
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return slots.size();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until none of the ids waits any more, or the time is over. */
  void await(List<String> ids, Duration atMost) {
    long left = atMost.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : atMost.toNanos();
    lock.lock();
    try {
      while (left > 0 && ids.stream().anyMatch(slots::containsKey)) {
        left =
            changed.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(60)))
                + Math.max(0, left - TimeUnit.SECONDS.toNanos(60));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void put(String id, Slot slot) {
    Slot old = slots.put(id, slot);
    bytes += slot.bytes() - (old == null ? 0 : old.bytes());
  }

  private void check(long size) {
    if (slots.size() >= limits.queued() || bytes + size > limits.queuedBytes()) {
      throw new PrecordiaException(
          ErrorCode.BUSY,
          "the queue is full (" + slots.size() + " waiting); try again in a few seconds");
    }
  }
}
