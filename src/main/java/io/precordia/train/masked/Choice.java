package io.precordia.train.masked;

import java.util.SplittableRandom;

/** A random choice of a fixed number of places. */
final class Choice {
  private Choice() {}

  /** True at round(ratio·n) of n places, at least one of them. */
  static boolean[] of(int n, double ratio, SplittableRandom random) {
    int wanted = Math.clamp(Math.round(ratio * n), 1, n);
    boolean[] out = new boolean[n];
    for (int i = 0; i < n && wanted > 0; i++) {
      if (random.nextDouble() * (n - i) < wanted) {
        out[i] = true;
        wanted--;
      }
    }
    return out;
  }
}
