package io.precordia;

import java.time.Duration;
import java.util.function.Supplier;

/** Waiting for what happens in the background. */
public final class Eventually {
  private static final long PAUSE_MILLIS = 20;

  private Eventually() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  /**
   * Waits until a condition holds, and fails if it does not in time.
   *
   * @param otherwise what to say then
   */
  public static <E extends Exception> void holds(
      Duration atMost, Supplier<String> otherwise, Condition<E> condition)
      throws E, InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(otherwise.get());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
