package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Projection;
import io.precordia.train.sim.state.SimRandom;

/**
 * Beer–Lambert attenuation with scatter, detector blur, quantum noise, and the display curve of a
 * computed radiograph (logarithm, then a gentle S). Effective attenuation coefficients at about 110
 * kVp, per cm.
 */
final class Exposure {
  private static final double SOFT = 0.178;
  private static final double BONE = 0.36;
  private static final double METAL = 2.2;

  /** Density of inflated lung relative to soft tissue. */
  private static final double LUNG_DENSITY = 0.28;

  private final double scatter;
  private final double quanta;
  private final double low;
  private final double high;
  private final double contrast;
  private final double blur;
  private final double edges;
  private final double grid;
  private final double gridStep;
  private final SimRandom noise;

  Exposure(ChestState state) {
    SimRandom r = state.random("exposure");
    boolean bedside = state.projection() == Projection.AP;
    scatter = r.range(0.010, bedside ? 0.030 : 0.022);
    quanta = r.range(0.0008, bedside ? 0.008 : 0.005) * (r.chance(0.1) ? 2 : 1);
    edges = r.chance(0.4) ? 0 : r.range(0.1, 1.1);
    // A stationary grid that the detector resolves: fine vertical lines.
    grid = bedside && r.chance(0.12) ? r.range(0.004, 0.02) : 0;
    gridStep = r.range(2.0, 4.6);
    low = r.around(0.50, 0.18);
    high = low + r.around(3.25, 0.22) - 12 * (scatter - 0.016);
    contrast = r.range(0.0, 0.85);
    blur = r.range(0.10, 0.30);
    noise = state.random("noise");
  }

  /** Display values, unclipped: about 0 for black, about 1 for white. */
  float[] develop(Film film) {
    int n = film.size * film.size;
    float[] light = new float[n];
    for (int p = 0; p < n; p++) {
      double lung = film.lung[p];
      double vessel = Math.min(film.vessel[p], lung);
      double gas = Math.min(film.gas[p], film.body[p] - lung);
      double tissue = film.body[p] - (1 - LUNG_DENSITY) * (lung - vessel) - Math.max(0, gas);
      double path = SOFT * Math.max(0, tissue) + BONE * film.bone[p] + METAL * film.metal[p];
      light[p] = (float) (PortableMath.exp(-Math.min(20, path)) + scatter);
    }
    soften(light, film.size);
    for (int p = 0; p < n; p++) {
      double i = light[p];
      double grain = quanta * SimRandom.gaussian(noise.nextLong()) * Math.sqrt(i);
      double density = -PortableMath.log(Math.max(1e-4, i + grain));
      double v = (density - low) / (high - low);
      double s = Curve.step(-0.05, 1.05, v);
      double line = grid == 0 ? 0 : grid * (((p % film.size) % gridStep) / gridStep - 0.5);
      light[p] = (float) (v + contrast * (s - Math.max(-0.05, Math.min(1.05, v))) + line);
    }
    return edges == 0 ? light : sharpened(light, film.size);
  }

  /** Unsharp masking, as processing stations do it: the picture plus what a wide blur took away. */
  private float[] sharpened(float[] v, int size) {
    float[] wide = v.clone();
    for (int i = 0; i < 3; i++) {
      soften(wide, size);
    }
    for (int p = 0; p < v.length; p++) {
      v[p] += (float) (edges * 2.5 * (v[p] - wide[p]));
    }
    return v;
  }

  /**
   * Separable three-tap blur, repeated for finer detectors so that the spot keeps its size in the
   * patient.
   */
  private void soften(float[] a, int size) {
    int passes = Math.max(1, size / 220);
    float side = (float) blur;
    float mid = 1 - 2 * side;
    float[] line = new float[size];
    for (int pass = 0; pass < passes; pass++) {
      for (int row = 0; row < size; row++) {
        System.arraycopy(a, row * size, line, 0, size);
        for (int c = 1; c < size - 1; c++) {
          a[row * size + c] = mid * line[c] + side * (line[c - 1] + line[c + 1]);
        }
      }
      for (int row = 0; row < size; row++) {
        // Vertical pass, one row behind: keep the unblurred row above.
        int at = row * size;
        for (int c = 0; c < size; c++) {
          float here = a[at + c];
          float up = row > 0 ? line[c] : here;
          float down = row < size - 1 ? a[at + size + c] : here;
          line[c] = here;
          a[at + c] = mid * here + side * (up + down);
        }
      }
    }
  }
}
