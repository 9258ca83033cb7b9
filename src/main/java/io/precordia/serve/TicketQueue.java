package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded line before the encoder, counted in items. Length classes that wait take turns, so
 * that long texts and short ones do not hold each other up; within a class the adapter that has had
 * the least service goes first, then the oldest ticket.
 */
final class TicketQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition left = lock.newCondition();
  private final ArrayDeque<Ticket> line = new ArrayDeque<>();
  private final GateLimits limits;
  private final ServiceCounters counters = new ServiceCounters();
  private final Map<LengthClass, Long> turns = new HashMap<>();
  private long turn;
  private int queued;
  private int running;
  private final int[] callers = new int[Modality.values().length];
  private boolean closed;

  TicketQueue(GateLimits limits) {
    this.limits = limits;
  }

  /** Announces a caller before its tickets come, so that a batch knows whom it could wait for. */
  void enter(Modality modality) {
    lock.lock();
    try {
      callers[modality.ordinal()]++;
    } finally {
      lock.unlock();
    }
  }

  void leave(Modality modality) {
    lock.lock();
    try {
      callers[modality.ordinal()]--;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds a ticket.
   *
   * @param patient waits for room instead of throwing BUSY, until the ticket is late
   * @throws PrecordiaException BUSY without room, NOT_READY when closed
   */
  void put(Ticket ticket, boolean patient) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && queued > 0 && queued + ticket.size() > limits.maxQueued()) {
        if (!patient) {
          throw new PrecordiaException(
              ErrorCode.BUSY, "the embedding queue is full; try again in a moment");
        }
        long remaining = ticket.remaining();
        if (remaining <= 0) {
          throw Ticket.late();
        }
        left.awaitNanos(remaining);
      }
      if (closed) {
        throw new PrecordiaException(ErrorCode.NOT_READY, "the service is stopping");
      }
      if (line.stream().noneMatch(t -> t.adapter.equals(ticket.adapter))) {
        counters.arrives(ticket.adapter, line.stream().map(t -> t.adapter).toList());
      }
      line.add(ticket);
      queued += ticket.size();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next pass: tickets of one length class, together within the limits (a single ticket may be
   * larger). Late tickets are dropped, their callers told BUSY. Null when closed and empty.
   */
  @Nullable List<Ticket> take() throws InterruptedException {
    lock.lock();
    try {
      dropLate();
      while (line.isEmpty()) {
        if (closed) {
          return null;
        }
        arrived.await();
        dropLate();
      }
      LengthClass kind = nextClass();
      turns.put(kind, ++turn);
      List<Ticket> batch = new ArrayList<>();
      gather(kind, batch);
      long patience = limits.maxDelay().toNanos();
      while (limits.admits(items(batch) + 1, longest(batch))
          && batch.size() < callers[kind.modality().ordinal()]
          && line.isEmpty()
          && patience > 0
          && !closed) {
        patience = arrived.awaitNanos(patience);
        dropLate();
        gather(kind, batch);
      }
      if (!line.isEmpty()) {
        arrived.signal();
      }
      running++;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Called when what {@link #take} gave has run. */
  void ran() {
    lock.lock();
    try {
      running--;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing waits or runs, at most for {@code most}. */
  void awaitIdle(Duration most) throws InterruptedException {
    lock.lock();
    try {
      long nanos = most.toNanos();
      while ((queued > 0 || running > 0) && nanos > 0) {
        nanos = left.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void dropLate() {
    for (Ticket ticket : line.stream().filter(t -> t.remaining() <= 0).toList()) {
      withdraw(ticket);
      ticket.vectors.completeExceptionally(Ticket.late());
    }
  }

  /**
   * Takes a ticket out of the line, whose caller no longer wants its vectors.
   *
   * @return false if it is not in the line any more: its pass has begun, or it was dropped
   */
  boolean withdraw(Ticket ticket) {
    lock.lock();
    try {
      if (!line.remove(ticket)) {
        return false;
      }
      queued -= ticket.size();
      left.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The class whose turn is longest ago among those that wait; at first the oldest ticket's. */
  private LengthClass nextClass() {
    return line.stream()
        .map(Ticket::lengthClass)
        .min(Comparator.comparingLong(kind -> turns.getOrDefault(kind, 0L)))
        .orElseThrow();
  }

  private void gather(LengthClass kind, List<Ticket> batch) {
    for (Ticket next = next(kind, batch); next != null; next = next(kind, batch)) {
      line.remove(next);
      batch.add(next);
      queued -= next.size();
      counters.served(next.adapter, next.tokens);
    }
    left.signalAll();
  }

  /** The ticket that joins the batch next; null if none fits. */
  private @Nullable Ticket next(LengthClass kind, List<Ticket> batch) {
    int items = items(batch);
    int longest = longest(batch);
    Ticket best = null;
    for (Ticket ticket : line) {
      if (ticket.lengthClass().equals(kind)
          && (batch.isEmpty()
              || limits.admits(items + ticket.size(), Math.max(longest, ticket.longest)))
          && (best == null || counters.of(ticket.adapter) < counters.of(best.adapter))) {
        best = ticket;
      }
    }
    return best;
  }

  private static int items(List<Ticket> batch) {
    return batch.stream().mapToInt(Ticket::size).sum();
  }

  private static int longest(List<Ticket> batch) {
    return batch.stream().mapToInt(t -> t.longest).max().orElse(0);
  }

  int queued() {
    lock.lock();
    try {
      return queued;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
