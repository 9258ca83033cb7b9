package io.precordia.train.sim.ecg;

/** The heart vector over time. */
final class Dipole {
  final double[] x;
  final double[] y;
  final double[] z;
  private final double rate;

  Dipole(int samples, double rate) {
    this.x = new double[samples];
    this.y = new double[samples];
    this.z = new double[samples];
    this.rate = rate;
  }

  /** Adds one event of a beat that starts at {@code beatMs}, times {@code gain}. */
  void add(double beatMs, Deflection d, double gain) {
    double centre = beatMs + d.centreMs();
    int from = index(centre - 4.2 * d.riseMs());
    int to = index(centre + 4.2 * d.fallMs()) + 1;
    Vector3 peak = d.peak().times(gain);
    for (int i = Math.max(0, from); i < Math.min(x.length, to); i++) {
      double t = i * 1000.0 / rate - centre;
      double u = t / (t < 0 ? d.riseMs() : d.fallMs());
      put(i, StrictMath.exp(-0.5 * u * u), peak);
    }
  }

  /**
   * Adds a plateau that rises smoothly over {@code riseMs} from its start and falls over {@code
   * fallMs} before its end.
   */
  void plateau(double startMs, double riseMs, double endMs, double fallMs, Vector3 level) {
    for (int i = Math.max(0, index(startMs)); i < Math.min(x.length, index(endMs) + 1); i++) {
      double t = i * 1000.0 / rate;
      put(i, step((t - startMs) / riseMs) * step((endMs - t) / fallMs), level);
    }
  }

  /**
   * Adds the samples before {@code end} of a continuous wave, linear between two values {@code
   * stride} samples apart; nothing where the first is NaN.
   */
  void segment(int end, int stride, double first, double last, Vector3 v) {
    if (Double.isNaN(first)) {
      return;
    }
    for (int k = 0; k < stride; k++) {
      int i = end - stride + k;
      if (i < x.length) {
        put(i, first + (last - first) * k / stride, v);
      }
    }
  }

  /** Adds a pacing stimulus of 2 ms with a small recoil. */
  void spike(double ms, Vector3 v) {
    int i = index(ms);
    if (i >= 0 && i < x.length) {
      put(i, 1, v);
    }
    for (int k = 1; k < 6; k++) {
      if (i + k >= 0 && i + k < x.length) {
        put(i + k, -0.08 * (6 - k) / 5, v);
      }
    }
  }

  /** Sample of the largest vector between two samples, the second included. */
  int largest(int from, int to) {
    int best = from;
    double most = -1;
    for (int i = Math.max(0, from); i <= Math.min(x.length - 1, to); i++) {
      double size = x[i] * x[i] + y[i] * y[i] + z[i] * z[i];
      if (size > most) {
        most = size;
        best = i;
      }
    }
    return best;
  }

  int index(double ms) {
    return (int) Math.floor(ms * rate / 1000 + 0.5);
  }

  private void put(int i, double k, Vector3 v) {
    x[i] += k * v.x();
    y[i] += k * v.y();
    z[i] += k * v.z();
  }

  private static double step(double u) {
    double t = Math.max(0, Math.min(1, u));
    return t * t * (3 - 2 * t);
  }
}
