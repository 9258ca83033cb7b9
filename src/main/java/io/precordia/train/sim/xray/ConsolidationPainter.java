package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Consolidation;

/**
 * An airspace opacity: an ellipsoid of filled lung with fluffy edges and branching air bronchograms
 * left clear.
 */
final class ConsolidationPainter {
  private final Film film;
  private final Thorax t;
  private final ChestState state;

  ConsolidationPainter(Film film, Thorax thorax, ChestState state) {
    this.film = film;
    this.t = thorax;
    this.state = state;
  }

  void paint(Consolidation c, boolean[] mask) {
    SimRandom r = state.random("consolidation-" + c.side() + c.zone());
    LatticeNoise noise = new LatticeNoise(r);
    LungPlace place = LungPlace.in(t, c.side(), c.zone(), r);
    double rx = c.radius() * r.range(0.85, 1.15);
    double ry = c.radius() * r.range(0.8, 1.1);
    double turn = r.range(-0.5, 0.5);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    double hilumX = c.side().sign() * 3.0;
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        int p = row * film.size + column;
        if (film.lung[p] <= 0) {
          continue;
        }
        double x = film.x(column, row);
        if ((x < 0) != (c.side() == Side.RIGHT)) {
          continue;
        }
        double y = film.y(column, row);
        double dx = x - place.x();
        double dy = y - place.y();
        double u = (cos * dx + sin * dy) / rx;
        double v = (cos * dy - sin * dx) / ry;
        double q = Math.sqrt(u * u + v * v) + 0.42 * noise.fractal(x * 0.5, y * 0.5);
        if (q >= 1.25) {
          continue;
        }
        double fill = Curve.step(1.25, 0.3, q) * c.density();
        fill *= 0.92 + 0.35 * noise.fractal(x * 1.5 + 40, y * 1.5);
        fill *= 1 - 0.34 * bronchogram(noise, x - hilumX, y - t.hilumY) * Curve.step(0.9, 0.5, q);
        fill = Math.max(0, Math.min(0.95, fill));
        film.lung[p] *= (float) (1 - fill);
        film.vessel[p] *= (float) (1 - 0.9 * fill);
        if (fill > 0.22) {
          mask[p] = true;
        }
      }
    }
  }

  /** 1 on thin lines that radiate from the hilum, 0 between them. */
  private static double bronchogram(LatticeNoise noise, double dx, double dy) {
    double distance = Math.sqrt(dx * dx + dy * dy) + 1e-6;
    // A ratio instead of an angle: monotone within one lung, and needs no arc tangent.
    double direction = dy / (Math.abs(dx) + 0.35 * distance);
    double wave = direction * 2.6 + 0.8 * noise.at(distance * 0.6, direction * 2);
    double f = wave - Math.floor(wave);
    double line = Math.abs(f - 0.5) * distance * 0.38;
    return Curve.step(0.17, 0.05, line);
  }
}
