package io.precordia.serve.generate;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.Cancellation;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The line before one language model: one request at a time, the others in their order. */
final class GenerationLine {
  /** How often a waiting request looks whether its client is still there. */
  private static final long LOOK_MILLIS = 50;

  private final Semaphore turn = new Semaphore(1, true);
  private final AtomicInteger waiting = new AtomicInteger();
  private final GenerationLimits limits;

  GenerationLine(GenerationLimits limits) {
    this.limits = limits;
  }

  /** Requests that wait for their turn. */
  int waiting() {
    return waiting.get();
  }

  /**
   * @throws PrecordiaException BUSY if the line is full or the turn does not come in time,
   *     CANCELLED, NOT_READY when interrupted
   */
  <T> T inTurn(Cancellation cancellation, Supplier<T> work) {
    if (!turn.tryAcquire()) {
      await(cancellation);
    }
    try {
      cancellation.check();
      return work.get();
    } finally {
      turn.release();
    }
  }

  private void await(Cancellation cancellation) {
    if (waiting.incrementAndGet() > limits.maxQueued()) {
      waiting.decrementAndGet();
      throw busy();
    }
    try {
      long end = System.nanoTime() + limits.maxWait().toNanos();
      while (!turn.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        cancellation.check();
        if (System.nanoTime() - end > 0) {
          throw busy();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static PrecordiaException busy() {
    return new PrecordiaException(
        ErrorCode.BUSY, "the language model is busy with other requests; try again in a moment");
  }
}
