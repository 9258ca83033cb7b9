package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;

/** P waves (right then left atrium) and fibrillatory waves. */
final class Atrium {
  private final Vector3 right;
  private final Vector3 left;
  private final double width;
  private final SimRandom r;

  Atrium(ChestState state) {
    this.r = state.random("atrium");
    double size = r.around(1.0, 0.18);
    this.right = new Vector3(0.045, 0.085, -0.045).times(size);
    this.left = new Vector3(0.075, 0.050, 0.030).times(size);
    this.width = r.around(1.0, 0.07);
  }

  /** One P wave that begins at the given time and lasts about 100 ms. */
  void pWave(Dipole dipole, double onsetMs) {
    dipole.add(onsetMs, new Deflection(36 * width, 15 * width, 18 * width, right));
    dipole.add(onsetMs, new Deflection(64 * width, 17 * width, 16 * width, left));
  }

  /** Irregular 4.5 to 8 Hz waves, largest towards V1. */
  void fibrillate(Dipole dipole, double rate) {
    double coarse = r.range(0.02, 0.075);
    for (int k = 0; k < 3; k++) {
      double hz = r.range(4.6, 8.0);
      double drift = r.range(0.2, 0.6);
      double a = r.range(0, 6.28);
      double b = r.range(0, 6.28);
      double x = coarse * r.range(-0.6, 0.2);
      double y = coarse * r.range(0.1, 0.7);
      double z = coarse * r.range(-1.0, -0.4);
      for (int i = 0; i < dipole.x.length; i++) {
        double t = i / rate;
        double f =
            StrictMath.sin(
                a + 2 * Math.PI * hz * t + 1.6 * StrictMath.sin(b + 2 * Math.PI * drift * t));
        // A steeper flank, as fibrillatory waves have.
        double w = f + 0.3 * f * f - 0.15;
        dipole.x[i] += x * w;
        dipole.y[i] += y * w;
        dipole.z[i] += z * w;
      }
    }
  }
}
