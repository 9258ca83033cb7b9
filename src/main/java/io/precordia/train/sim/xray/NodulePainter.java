package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Mass;
import io.precordia.train.sim.state.XrayFinding.Nodule;
import io.precordia.train.sim.state.Zone;

/** A nodule or mass: a nearly round soft-tissue sphere with a slightly lobulated edge. */
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
    paint(
        nodule.side(), nodule.zone(), nodule.diameter(), 0.10, state.random("nodule-place"), mask);
  }

  void paint(Mass mass, boolean[] mask) {
    paint(mass.side(), mass.zone(), mass.diameter(), 0.28, state.random("mass-place"), mask);
  }

  private void paint(
      Side side, Zone zone, double diameter, double ragged, SimRandom r, boolean[] mask) {
    LatticeNoise noise = new LatticeNoise(r);
    LungPlace place = LungPlace.in(t, side, zone, r);
    double radius = diameter / 2;
    double scale = 3.2 / Math.max(1.8, diameter);
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
        double q =
            Math.sqrt(dx * dx + dy * dy) / radius * (1 + ragged * noise.at(x * scale, y * scale));
        if (q >= 1) {
          continue;
        }
        // Slightly calcified: denser than water, so that small nodules are seen as on real films.
        double thick = Math.min(7, 2.6 * radius) * Curve.dome(q);
        double taken = Math.min(film.lung[p], thick);
        film.lung[p] -= (float) taken;
        film.bone[p] += (float) (0.10 * thick);
        mask[p] = true;
      }
    }
  }
}
