package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Effusion;

/**
 * Free pleural fluid: fills the costophrenic angle and climbs the lateral wall in a meniscus; large
 * ones hide the diaphragm.
 */
final class EffusionPainter {
  private final Film film;
  private final Thorax t;
  private final ChestState state;

  EffusionPainter(Film film, Thorax thorax, ChestState state) {
    this.film = film;
    this.t = thorax;
    this.state = state;
  }

  void paint(Effusion e, boolean[] mask) {
    SimRandom r = state.random("effusion-" + e.side());
    double angle = t.angleY(e.side());
    boolean supine = state.technique().supine();
    // Lying, free fluid runs behind the lung: a veil, and a lower meniscus.
    double lateral = angle - (supine ? 0.65 : 1) * e.height();
    double veil = supine ? Math.min(0.45, 0.045 * e.height()) : 0;
    double power = r.range(3.0, 5.5);
    double medialDrop = Math.max(1.2, Math.min(e.height() * 0.45, 3.4));
    Curve meniscus = new Curve(0, 1, u -> medialDrop * (1 - StrictMath.pow(u, power)));
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        int p = row * film.size + column;
        if (film.room[p] <= 0) {
          continue;
        }
        double x = film.x(column, row);
        if ((x < 0) != (e.side() == Side.RIGHT)) {
          continue;
        }
        double y = film.y(column, row);
        double u = Math.min(1, Math.abs(x) / Math.max(1, t.ribHalfWidth(y)));
        double depth = y - (lateral + meniscus.at(u));
        // The layer thins upwards in front of and behind the lung: the upper edge is soft, more so
        // than the lateral one.
        double fraction = Curve.step(-1.3, 2.1, depth) * Curve.step(0, 3.2, Math.abs(x));
        fraction = Math.max(fraction, veil * Curve.step(t.apexY, angle, y));
        if (fraction <= 0) {
          continue;
        }
        film.lung[p] *= (float) (1 - 0.97 * fraction);
        film.vessel[p] *= (float) (1 - fraction);
        if (fraction > 0.25) {
          mask[p] = true;
        }
      }
    }
  }
}
