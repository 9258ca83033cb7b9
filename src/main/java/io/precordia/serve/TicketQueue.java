package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded line before the encoder, counted in items. First come first served, except that equal
 * kinds may share a pass.
 */
final class TicketQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition left = lock.newCondition();
  private final ArrayDeque<Ticket> line = new ArrayDeque<>();
  private final GateLimits limits;
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
   * @param patient waits for room instead of throwing BUSY
   */
  void put(Ticket ticket, boolean patient) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && queued > 0 && queued + ticket.size() > limits.maxQueued()) {
        if (!patient) {
          throw new PrecordiaException(
              ErrorCode.BUSY, "the embedding queue is full; try again in a moment");
        }
        left.await();
      }
      if (closed) {
        throw new PrecordiaException(ErrorCode.NOT_READY, "the service is stopping");
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
   * that large). Null when closed and empty.
   */
  @Nullable List<Ticket> take() throws InterruptedException {
    lock.lock();
    try {
      while (line.isEmpty()) {
        if (closed) {
          return null;
        }
        arrived.await();
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

  private int gather(Modality kind, List<Ticket> batch, int items) {
    int total = items;
    for (Iterator<Ticket> it = line.iterator(); it.hasNext(); ) {
      Ticket ticket = it.next();
      if (ticket.modality == kind
          && (batch.isEmpty() || total + ticket.size() <= limits.maxBatch())) {
        it.remove();
        batch.add(ticket);
        total += ticket.size();
        queued -= ticket.size();
      }
    }
    left.signalAll();
    return total;
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
