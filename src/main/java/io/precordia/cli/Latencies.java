package io.precordia.cli;

import java.util.Arrays;

/** Durations of one measured thing. For one thread. */
final class Latencies {
  private static final double NANOS_PER_MILLI = 1e6;
  private final long[] nanos;
  private int count;

  Latencies(int most) {
    this.nanos = new long[most];
  }

  void add(long duration) {
    nanos[count++] = duration;
  }

  /** Milliseconds below which the share {@code q} of the durations lies, 0 to 1. */
  double quantile(double q) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, Math.round(q * (count - 1)))] / NANOS_PER_MILLI;
  }

  int count() {
    return count;
  }

  double median() {
    return quantile(0.5);
  }
}
