package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding;

/**
 * The pulmonary vessels: a branching tree from each hilum. In oedema the upper branches are wider
 * (cephalisation).
 */
final class Vessels {
  private final Thorax t;
  private final SimRandom r;
  private final double cephalisation;
  private final double prominence;
  private final double arteries;

  Vessels(Thorax thorax, ChestState state) {
    this.t = thorax;
    this.r = state.random("vessels");
    double severity = 0;
    double wide = 1;
    for (XrayFinding f : state.xray()) {
      if (f instanceof XrayFinding.Oedema o) {
        severity = o.severity();
      }
      if (f instanceof XrayFinding.PulmonaryArteries p) {
        wide = p.factor();
      }
    }
    this.arteries = wide;
    this.cephalisation = severity;
    this.prominence = r.around(1.12, 0.18);
  }

  void paint(Film film, TubePainter painter) {
    for (Side side : Side.values()) {
      double s = side.sign();
      double hx = t.shift * 0.5 + s * ((side == Side.LEFT ? 3.3 : 3.0) + 0.8 * (arteries - 1));
      double hy = t.hilumY - (side == Side.LEFT ? 0.9 : 0);
      int branches = 9;
      for (int i = 0; i < branches; i++) {
        // From nearly straight up to nearly straight down; the lower lobes have the larger vessels.
        double angle = -1.35 + 2.75 * (i + r.range(-0.3, 0.3)) / (branches - 1);
        double radius = (angle > 0.2 ? 0.46 : 0.36) * r.around(1, 0.12) * prominence;
        radius *= 0.7 + 0.3 * arteries;
        if (angle < 0) {
          radius *= 1 + 0.75 * cephalisation;
        }
        painter.begin();
        branch(
            film,
            painter,
            side,
            hx + s * r.range(-0.4, 0.4),
            hy + 1.3 * angle,
            angle,
            radius,
            0,
            r.nextLong());
      }
      // The interlobar artery gives the hilum its body.
      double[] x = {hx - s * 0.6, hx + s * 0.35, hx + s * 0.9, hx + s * 1.1};
      double[] y = {hy - 1.2, hy - 0.1, hy + 1.8, hy + 4.2};
      double[] w = {0.6 * arteries, 0.8 * arteries, 0.68 * arteries, 0.45 * (0.5 + 0.5 * arteries)};
      painter.polyline(film.vessel, x, y, w, 1.7, TubePainter.ROD, null);
    }
  }

  private void branch(
      Film film,
      TubePainter painter,
      Side side,
      double x,
      double y,
      double angle,
      double radius,
      int depth,
      long key) {
    if (depth > 7 || radius < 0.035) {
      return;
    }
    double length = (depth == 0 ? 2.6 : 1.9) * (0.75 + 0.5 * part(key, 0));
    double bend = 0.35 * (part(key, 1) - 0.5);
    double px = x;
    double py = y;
    double a = angle;
    double w = radius;
    for (int k = 0; k < 2; k++) {
      a += bend;
      double nx = px + side.sign() * StrictMath.cos(a) * length / 2;
      double ny = py + StrictMath.sin(a) * length / 2;
      double nw = w * 0.93;
      painter.segment(film.vessel, px, py, w, nx, ny, nw, 2.1, TubePainter.ROD, null);
      px = nx;
      py = ny;
      w = nw;
    }
    if (t.cavity(px, py) <= 0.3) {
      return;
    }
    double open = 0.28 + 0.32 * part(key, 2);
    double split = 0.35 + 0.3 * part(key, 3);
    double toOut = 0.06 * (0.4 - a);
    branch(
        film,
        painter,
        side,
        px,
        py,
        a - open * split * 1.3 + toOut,
        w * (0.86 - 0.18 * split),
        depth + 1,
        next(key, 1));
    branch(
        film,
        painter,
        side,
        px,
        py,
        a + open * (1 - split) * 1.3 + toOut,
        w * (0.68 + 0.18 * split),
        depth + 1,
        next(key, 2));
  }

  private static double part(long key, int which) {
    return (SimRandom.mix(key + 0x9E3779B97F4A7C15L * (which + 1)) >>> 11) * 0x1.0p-53;
  }

  private static long next(long key, int child) {
    return SimRandom.mix(key * 3 + child);
  }
}
