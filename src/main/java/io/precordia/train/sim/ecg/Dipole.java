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

  /** Adds one event of a beat whose R reference is at {@code beatMs}. */
  void add(double beatMs, Deflection d) {
    double centre = beatMs + d.centreMs();
    int from = index(centre - 4.5 * d.riseMs());
    int to = index(centre + 4.5 * d.fallMs()) + 1;
    for (int i = Math.max(0, from); i < Math.min(x.length, to); i++) {
      double t = i * 1000.0 / rate - centre;
      double u = t / (t < 0 ? d.riseMs() : d.fallMs());
      put(i, StrictMath.exp(-0.5 * u * u), d.peak());
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
