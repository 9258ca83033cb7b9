package io.precordia.delivery;

import io.precordia.error.PrecordiaException;
import io.precordia.store.DeliveryRow;
import io.precordia.store.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The thread that brings one destination what waits for it; a peer that does not answer holds no
 * other up. A delivery is noted as sent only after the peer's answer; a crash between the two sends
 * the same bytes once more.
 */
final class DeliveryWorker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeliveryWorker.class.getName());
  private static final int AT_ONCE = 8;
  private static final long PAUSE_MILLIS = 500;

  private final Outbox outbox;
  private final Destination destination;
  private final DeliveryListener listener;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Object bell = new Object();
  private final Thread thread;
  private volatile boolean stopping;

  DeliveryWorker(Outbox outbox, Destination destination, DeliveryListener listener) {
    this.outbox = outbox;
    this.destination = destination;
    this.listener = listener;
    this.thread = new Thread(this::run, "precordia-deliver-" + destination.name());
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Something new may be there. */
  void ring() {
    synchronized (bell) {
      bell.notifyAll();
    }
  }

  private void run() {
    while (!stopping) {
      boolean idle = true;
      try {
        List<DeliveryRow> rows = outbox.due(destination.name(), Instant.now(), AT_ONCE);
        if (!rows.isEmpty()) {
          deliver(rows);
          idle = false;
        }
      } catch (RuntimeException | Error e) {
        log(e);
      }
      if (idle && !rest()) {
        return;
      }
    }
  }

  private boolean rest() {
    synchronized (bell) {
      try {
        if (!stopping) {
          bell.wait(PAUSE_MILLIS);
        }
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }
  }

  private void deliver(List<DeliveryRow> rows) {
    List<DeliveryRow> sending = new ArrayList<>();
    List<OutgoingObject> objects = new ArrayList<>();
    for (DeliveryRow row : rows) {
      try {
        objects.add(
            new OutgoingObject(
                row.id(),
                row.mediaType(),
                row.sopClass(),
                row.sopInstance(),
                row.transferSyntax(),
                outbox.content(row)));
        sending.add(row);
      } catch (PrecordiaException e) {
        // NOT_FOUND: erased or discarded since; its row is gone or has left the state WAITING
        outbox.failed(row, "its content cannot be read (" + e.code().id() + ")", null);
      }
    }
    if (objects.isEmpty()) {
      return;
    }
    List<SendOutcome> outcomes = send(objects);
    for (int i = 0; i < sending.size(); i++) {
      SendOutcome outcome =
          i < outcomes.size()
              ? outcomes.get(i)
              : new SendOutcome.Transient("the transport gave no answer for it");
      note(sending.get(i), outcome);
      if (!(outcome instanceof SendOutcome.Pending)) {
        listener.attempted(destination.name(), outcome);
      }
    }
  }

  private List<SendOutcome> send(List<OutgoingObject> objects) {
    try {
      return destination.transport().send(objects);
    } catch (RuntimeException e) {
      log(e);
      String kind =
          e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName();
      return objects.stream()
          .<SendOutcome>map(o -> new SendOutcome.Transient("the transport failed (" + kind + ")"))
          .toList();
    }
  }

  private void note(DeliveryRow row, SendOutcome outcome) {
    Instant now = Instant.now();
    switch (outcome) {
      case SendOutcome.Sent sent -> outbox.sent(row, now);
      case SendOutcome.Pending owed -> outbox.pending(row, owed.reason(), now.plus(owed.again()));
      case SendOutcome.Permanent refused -> outbox.failed(row, refused.reason(), null);
      case SendOutcome.Transient failed -> {
        int failures = row.attempts() + 1;
        outbox.failed(
            row,
            failed.reason(),
            failures >= destination.attempts()
                ? null
                : now.plus(destination.backOff().after(failures, random)));
      }
    }
  }

  private void log(Throwable e) {
    String what = e instanceof PrecordiaException p ? p.code().id() : e.getClass().getSimpleName();
    LOG.log(System.Logger.Level.WARNING, "delivering to {0} failed: {1}", destination.name(), what);
  }

  /** Waits for the objects in work. */
  @Override
  public void close() {
    stopping = true;
    ring();
    Threads.join(thread);
    destination.transport().close();
  }
}
