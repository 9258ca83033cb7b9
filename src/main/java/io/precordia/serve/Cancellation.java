package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the answer to a request is still wanted. What stands in a line for it asks to be told, so
 * that it leaves the line without running. Thread-safe.
 */
public final class Cancellation {
  private final Set<Runnable> told = new HashSet<>();
  private boolean cancelled;

  /** Something to be done at the cancellation, until closed. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** The answer is not wanted any more; what runs already may finish. */
  public void cancel() {
    Set<Runnable> now;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      now = Set.copyOf(told);
      told.clear();
    }
    now.forEach(Runnable::run);
  }

  /**
   * @throws PrecordiaException CANCELLED when it is cancelled
   */
  public synchronized void check() {
    if (cancelled) {
      throw cancelled();
    }
  }

  /**
   * @param action run once at the cancellation, on the thread that cancels; at once if that was
   *     before. It must be quick
   */
  Registration onCancel(Runnable action) {
    Runnable own = action::run; // an identity of its own
    synchronized (this) {
      if (!cancelled) {
        told.add(own);
        return () -> forget(own);
      }
    }
    own.run();
    return () -> {};
  }

  private synchronized void forget(Runnable action) {
    told.remove(action);
  }

  /** What a caller is told that nobody waits for. */
  static PrecordiaException cancelled() {
    return new PrecordiaException(
        ErrorCode.CANCELLED, "the client closed its connection before the answer");
  }
}
