package io.precordia.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: doubling from the first wait up to the longest, each half fixed
 * and half random, so that what failed together does not come again together.
 *
 * @param first after one failure
 * @param longest never more
 */
public record BackOff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * @param failures so far, at least 1
   */
  public Duration after(int failures, RandomGenerator random) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    long full =
        Math.min(
            longest.toMillis(), Math.multiplyExact(Math.max(1, first.toMillis()), 1L << doublings));
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
