package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded line before the encoder, counted in items. The oldest ticket's kind goes next; among
 * tickets of a kind the adapter that has had the least service, then the oldest.
 */
final class TicketQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition left = lock.newCondition();
  private final ArrayDeque<Ticket> line = new ArrayDeque<>();
  private final GateLimits limits;
  private final ServiceCounters counters = new ServiceCounters();
  private int queued;
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
   * The next pass: tickets of one kind, together at most maxBatch items (a single ticket may be
   * that large). Late tickets are dropped, their callers told BUSY. Null when closed and empty.
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
      Modality kind = line.element().modality;
      List<Ticket> batch = new ArrayList<>();
      int items = gather(kind, batch, 0);
      long patience = limits.maxDelay().toNanos();
      while (items < limits.maxBatch()
          && batch.size() < callers[kind.ordinal()]
          && line.isEmpty()
          && patience > 0
          && !closed) {
        patience = arrived.awaitNanos(patience);
        dropLate();
        items = gather(kind, batch, items);
      }
      if (!line.isEmpty()) {
        arrived.signal();
      }
      return batch;
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

  private int gather(Modality kind, List<Ticket> batch, int items) {
    int total = items;
    for (Ticket next = next(kind, batch, total); next != null; next = next(kind, batch, total)) {
      line.remove(next);
      batch.add(next);
      total += next.size();
      queued -= next.size();
      counters.served(next.adapter, next.size());
    }
    left.signalAll();
    return total;
  }

  /** The ticket that joins the batch next; null if none fits. */
  private @Nullable Ticket next(Modality kind, List<Ticket> batch, int total) {
    Ticket best = null;
    for (Ticket ticket : line) {
      if (ticket.modality == kind
          && (batch.isEmpty() || total + ticket.size() <= limits.maxBatch())
          && (best == null || counters.of(ticket.adapter) < counters.of(best.adapter))) {
        best = ticket;
      }
    }
    return best;
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
