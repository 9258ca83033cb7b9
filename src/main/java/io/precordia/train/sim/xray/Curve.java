package io.precordia.train.sim.xray;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of one variable kept as a table, so that slow or platform-dependent mathematics runs
 * once per study.
 */
final class Curve {
  private static final int STEPS = 256;
  private final double from;
  private final double scale;
  private final double[] table = new double[STEPS + 1];

  Curve(double from, double to, DoubleUnaryOperator f) {
    this.from = from;
    this.scale = STEPS / (to - from);
    for (int i = 0; i <= STEPS; i++) {
      table[i] = f.applyAsDouble(from + i / scale);
    }
  }

  /** Linear interpolation; constant beyond the ends. */
  double at(double x) {
    double u = (x - from) * scale;
    if (!(u > 0)) {
      return table[0];
    }
    if (u >= STEPS) {
      return table[STEPS];
    }
    int i = (int) u;
    return table[i] + (u - i) * (table[i + 1] - table[i]);
  }

  /** Cubic step from 0 at {@code a} to 1 at {@code b}. */
  static double step(double a, double b, double x) {
    double t = Math.max(0, Math.min(1, (x - a) / (b - a)));
    return t * t * (3 - 2 * t);
  }

  /** Half chord of a unit circle at offset r: 0 outside. */
  static double dome(double r) {
    double s = 1 - r * r;
    return s > 0 ? Math.sqrt(s) : 0;
  }
}
