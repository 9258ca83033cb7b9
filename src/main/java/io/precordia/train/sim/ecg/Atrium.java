package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.SimRandom;

/** P waves (right then left atrium), fibrillatory and flutter waves. */
final class Atrium {
  /** Samples between two computed points of a continuous wave; what lies between is linear. */
  private static final int STRIDE = 4;

  private final Vector3 right;
  private final Vector3 left;
  private final Vector3 ectopicFirst;
  private final Vector3 ectopicSecond;
  private final double width;
  private final double split;
  private final SimRandom r;

  Atrium(ChestState state) {
    this.r = state.random("atrium");
    double size = r.around(1.0, 0.28);
    double turn = r.around(0, 0.25);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    double leftward = r.range(0.75, 1.3);
    boolean potassium = state.ecg().has(Finding.HYPERKALAEMIA);
    boolean pulmonale = state.ecg().has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY);
    boolean mitrale = state.ecg().hypertrophy();
    double low = potassium ? 0.25 * size : size;
    this.right =
        new Vector3(0.018, 0.056, -0.042).frontal(cos, sin).times(low * (pulmonale ? 1.5 : 1));
    this.left =
        new Vector3(0.028, 0.034, 0.050)
            .frontal(cos, sin)
            .times(low * leftward * (mitrale ? 1.25 : 1));
    double form = r.next();
    // From the low atrium upwards, or from the left atrium to the right.
    this.ectopicFirst =
        (form < 0.6 ? new Vector3(0.03, -0.09, 0.02) : new Vector3(-0.06, 0.06, -0.03)).times(size);
    this.ectopicSecond =
        (form < 0.6 ? new Vector3(0.05, -0.05, -0.01) : new Vector3(0.02, 0.07, 0.01)).times(size);
    this.width = r.around(1.0, 0.08) * (potassium ? 1.25 : 1);
    this.split = mitrale ? r.range(8, 18) : r.range(-3, 6);
  }

  /** One P wave that begins at the given time and lasts about 100 ms. */
  void pWave(Dipole dipole, PWave w, double gain) {
    double rise = 15 * width;
    dipole.add(
        w.onsetMs(),
        new Deflection(2.4 * rise, rise, 18 * width, w.ectopic() ? ectopicFirst : right),
        gain);
    dipole.add(
        w.onsetMs(),
        new Deflection(
            64 * width + split, 17 * width, 16 * width, w.ectopic() ? ectopicSecond : left),
        gain);
  }

  /** Irregular 4.5 to 8 Hz waves, largest towards V1. */
  void fibrillate(Dipole dipole, double rate, double gain) {
    double coarse = r.range(0.02, 0.075) * gain;
    for (int k = 0; k < 3; k++) {
      double hz = r.range(4.6, 8.0);
      double drift = r.range(0.2, 0.6);
      double a = r.range(0, 6.28);
      double b = r.range(0, 6.28);
      Vector3 v =
          new Vector3(
              coarse * r.range(-0.6, 0.2),
              coarse * r.range(0.1, 0.7),
              coarse * r.range(-1.0, -0.4));
      double before = Double.NaN;
      for (int i = 0; i < dipole.x.length + STRIDE; i += STRIDE) {
        double t = i / rate;
        double f =
            StrictMath.sin(
                a + 2 * Math.PI * hz * t + 1.6 * StrictMath.sin(b + 2 * Math.PI * drift * t));
        // A steeper flank, as fibrillatory waves have.
        double w = f + 0.3 * f * f - 0.15;
        dipole.segment(i, STRIDE, before, w, v);
        before = w;
      }
    }
  }

  /**
   * The saw-tooth of common flutter: a slow fall and a steep rise in II, III and aVF, small upright
   * waves in V1, almost nothing in I.
   */
  void flutter(Dipole dipole, double rate, double wavesPerMinute, double gain) {
    double size = r.range(0.11, 0.2) * gain;
    double step = 2 * Math.PI * wavesPerMinute / 60 / rate;
    double phase = r.range(0, 6.28);
    Vector3 inferior = new Vector3(0.2 * size, size, 0.1 * size);
    Vector3 anterior = new Vector3(-0.15 * size, 0, -0.45 * size);
    double before = Double.NaN;
    double beforeV1 = Double.NaN;
    for (int i = 0; i < dipole.x.length + STRIDE; i += STRIDE) {
      double u = phase + step * i;
      double saw =
          0.75 * StrictMath.sin(u) + 0.34 * StrictMath.sin(2 * u) + 0.17 * StrictMath.sin(3 * u);
      double bump = StrictMath.cos(u + 0.6);
      dipole.segment(i, STRIDE, before, saw, inferior);
      dipole.segment(i, STRIDE, beforeV1, bump * Math.abs(bump), anterior);
      before = saw;
      beforeV1 = bump * Math.abs(bump);
    }
  }
}
