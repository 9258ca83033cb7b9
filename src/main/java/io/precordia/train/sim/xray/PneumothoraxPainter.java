package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Pneumothorax;

/**
 * Free pleural air: the lung is drawn off the wall, a thin visceral line bounds it, and no vessel
 * is seen beyond.
 */
final class PneumothoraxPainter {
  private final Film film;
  private final Thorax t;
  private final ChestState state;

  PneumothoraxPainter(Film film, Thorax thorax, ChestState state) {
    this.film = film;
    this.t = thorax;
    this.state = state;
  }

  void paint(Pneumothorax pneumothorax, boolean[] mask) {
    SimRandom r = state.random("pneumothorax-shape");
    LatticeNoise noise = new LatticeNoise(r);
    double gap = pneumothorax.gap();
    double lateral = gap * r.range(0.55, 0.8);
    double bottom = t.domeY(pneumothorax.side()) + 1;
    double line = 0.10;
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        int p = row * film.size + column;
        if (film.lung[p] <= 0) {
          continue;
        }
        double x = film.x(column, row);
        if ((x < 0) != (pneumothorax.side() == Side.RIGHT)) {
          continue;
        }
        double y = film.y(column, row);
        double ax = Math.abs(x);
        double down = Math.max(0, Math.min(1, (y - t.apexY) / (bottom - t.apexY)));
        double local = lateral * (1 - 0.75 * down * down) * (1 + 0.12 * noise.at(y * 0.3, 3));
        double medial = Math.max(0, 4.6 - ax);
        double fromApex = y - (t.apexY + 0.16 * medial * medial) - gap * 1.15;
        // Signed distance to the visceral pleura, positive inside the lung: the retracted outline
        // is the rib outline moved in.
        double fromWall = t.ribHalfWidth(y - gap * 0.75) - local - ax;
        double inside = Math.min(fromWall, fromApex * 0.85);
        double soft = film.pitch * 0.7;
        double outside = Curve.step(soft, -soft, inside);
        if (outside > 0.5) {
          mask[p] = true;
        }
        if (outside > 0) {
          film.gas[p] += (float) (film.lung[p] * outside);
          film.vessel[p] *= (float) (1 - outside);
          film.lung[p] *= (float) (1 - outside);
        }
        // The collapsed lung holds less air.
        double collapse = Math.min(0.22, 0.035 * gap) * (1 - outside);
        film.lung[p] *= (float) (1 - collapse);
        double q = (inside - line) / Math.max(line, film.pitch * 0.75);
        if (Math.abs(q) < 1) {
          film.bone[p] += (float) (0.42 * Math.min(1, line / (film.pitch * 0.75)) * (1 - q * q));
          mask[p] = true;
        }
      }
    }
  }
}
