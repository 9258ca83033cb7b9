package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Projection;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;

/**
 * What lies on the skin and is no finding: electrodes with their wires, a necklace, buttons, hooks,
 * a skin fold. Whether it is there does not depend on any finding.
 */
final class Clutter {
  private final Film film;
  private final Thorax t;
  private final ChestState state;
  private final TubePainter painter;

  Clutter(Film film, Thorax thorax, ChestState state, TubePainter painter) {
    this.film = film;
    this.t = thorax;
    this.state = state;
    this.painter = painter;
  }

  void paint() {
    SimRandom r = state.random("clutter");
    if (r.chance(state.projection() == Projection.AP ? 0.45 : 0.06)) {
      electrodes(r);
    }
    if (r.chance(0.06)) {
      necklace(r);
    }
    if (r.chance(0.05)) {
      buttons(r);
    }
    if (r.chance(state.technique().supine() ? 0.15 : 0.02)) {
      fold(r);
    }
  }

  private void electrodes(SimRandom r) {
    int count = 3 + r.below(3);
    for (int i = 0; i < count; i++) {
      double s = i % 2 == 0 ? -1 : 1;
      double x = s * t.halfWidth * r.range(0.35, 0.95);
      double y = i < 2 ? t.clavicleY + r.range(2, 5) : t.domeRightY - r.range(-2, 5);
      painter.begin();
      painter.segment(
          film.metal, x, y, 0.45, x, y + 0.05, 0.45, r.range(0.5, 1.1), TubePainter.ROD, null);
      double side = s * (t.halfWidth + r.range(1, 5));
      double[] xs = {x, (x + side) / 2 + r.range(-1, 1), side, side + s * r.range(0, 3)};
      double[] ys = {y, y + r.range(1, 5), y + r.range(3, 9), y + r.range(9, 16)};
      double[] w = {0.07, 0.07, 0.07, 0.07};
      painter.polyline(film.metal, xs, ys, w, r.range(0.6, 1.4), TubePainter.ROD, null);
    }
  }

  private void necklace(SimRandom r) {
    int n = 13;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] w = new double[n];
    double drop = r.range(2, 6);
    for (int k = 0; k < n; k++) {
      double u = 2.0 * k / (n - 1) - 1;
      x[k] = u * t.neck * 1.1;
      y[k] = t.clavicleY - 3 + drop * (1 - u * u);
      w[k] = 0.08;
    }
    painter.polyline(film.metal, x, y, w, r.range(0.8, 2), TubePainter.ROD, null);
  }

  private void buttons(SimRandom r) {
    double x = r.range(-1.5, 1.5);
    double step = r.range(4, 7);
    for (double y = t.clavicleY + r.range(1, 4); y < t.domeRightY + 4; y += step) {
      painter.begin();
      painter.segment(
          film.bone, x, y, 0.55, x, y + 0.05, 0.55, r.range(0.5, 0.9), TubePainter.RIB, null);
    }
  }

  /** An edge without a thin line: denser on one side, fading outwards. */
  private void fold(SimRandom r) {
    Side side = r.chance(0.5) ? Side.LEFT : Side.RIGHT;
    double at = t.halfWidth * r.range(0.5, 0.8);
    double slope = r.range(-0.25, 0.25);
    double thick = r.range(0.25, 0.7);
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        double x = film.x(column, row) * side.sign();
        double from = x - at - slope * (film.y(column, row) - t.hilumY);
        if (from > -3 && from < 0) {
          int p = row * film.size + column;
          if (film.body[p] > 0) {
            film.body[p] += (float) (thick * (1 + from / 3));
          }
        }
      }
    }
  }
}
