package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Nodule;

/** A solitary nodule: a nearly round soft-tissue sphere with a slightly lobulated edge. */
final class NodulePainter {
  private final Film film;
  private final Thorax t;
  private final ChestState state;

  NodulePainter(Film film, Thorax thorax, ChestState state) {
    this.film = film;
    this.t = thorax;
    this.state = state;
  }

  void paint(Nodule nodule, boolean[] mask) {
    SimRandom r = state.random("nodule-place");
    LatticeNoise noise = new LatticeNoise(r);
    LungPlace place = LungPlace.in(t, nodule.side(), nodule.zone(), r);
    double radius = nodule.diameter() / 2;
    int reach = (int) Math.ceil(1.4 * radius / film.pitch) + 1;
    int c0 = (int) film.column(place.x(), place.y());
    int r0 = (int) film.row(place.x(), place.y());
    for (int row = Math.max(0, r0 - reach); row <= Math.min(film.size - 1, r0 + reach); row++) {
      for (int column = Math.max(0, c0 - reach);
          column <= Math.min(film.size - 1, c0 + reach);
          column++) {
        int p = row * film.size + column;
        double x = film.x(column, row);
        double y = film.y(column, row);
        double dx = x - place.x();
        double dy = y - place.y();
        double q = Math.sqrt(dx * dx + dy * dy) / radius * (1 + 0.10 * noise.at(x * 1.8, y * 1.8));
        if (q >= 1) {
          continue;
        }
        // Slightly calcified: denser than water, so that small nodules are seen as on real films.
        double thick = 2.6 * radius * Curve.dome(q);
        double taken = Math.min(film.lung[p], thick);
        film.lung[p] -= (float) taken;
        film.bone[p] += (float) (0.10 * thick);
        mask[p] = true;
      }
    }
  }
}
