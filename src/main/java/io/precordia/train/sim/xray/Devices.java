package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.CentralLine;
import io.precordia.train.sim.state.XrayFinding.EndotrachealTube;
import io.precordia.train.sim.state.XrayFinding.Pacemaker;

/** Radio-opaque devices, painted as equivalent metal path length. */
final class Devices {
  private final Film film;
  private final Thorax t;
  private final ChestState state;
  private final TubePainter painter;

  Devices(Film film, Thorax thorax, ChestState state, TubePainter painter) {
    this.film = film;
    this.t = thorax;
    this.state = state;
    this.painter = painter;
  }

  /** From the internal jugular or subclavian vein to the lower superior vena cava. */
  void centralLine(CentralLine line, boolean[] mask) {
    SimRandom r = state.random("central-line-path");
    boolean jugular = r.chance(0.5);
    double s = line.side().sign();
    double tipY = t.carinaY + r.range(1.0, 4.0);
    double tipX = -2.0 - r.range(0, 0.4);
    double[][] knots =
        jugular
            ? new double[][] {
              {s * (t.neck - 1.8), t.clavicleY - 7},
              {s * 3.6, t.clavicleY - 2},
              {s * 2.6, t.clavicleY + 1.8},
              {line.side() == Side.LEFT ? -0.6 : -2.3, t.clavicleY + 4.6},
              {tipX, tipY}
            }
            : new double[][] {
              {s * (t.shoulder - 6), t.clavicleY + 5.5},
              {s * 8, t.clavicleY + 2.2},
              {s * 3.6, t.clavicleY + 1.2},
              {line.side() == Side.LEFT ? -0.6 : -2.3, t.clavicleY + 4.4},
              {tipX, tipY}
            };
    wire(knots, 0.14, 0.85, mask);
  }

  void pacemaker(Pacemaker pacemaker, boolean[] mask) {
    SimRandom r = state.random("pacemaker-path");
    double x = t.halfWidth * 0.66 + r.range(-0.8, 0.8);
    double y = t.clavicleY + 4.6 + r.range(-0.6, 0.8);
    double w = r.range(2.1, 2.6);
    double h = r.range(1.9, 2.3);
    int reach = (int) Math.ceil(3.2 / film.pitch);
    int c0 = (int) film.column(x, y);
    int r0 = (int) film.row(x, y);
    for (int row = Math.max(0, r0 - reach); row <= Math.min(film.size - 1, r0 + reach); row++) {
      for (int column = Math.max(0, c0 - reach);
          column <= Math.min(film.size - 1, c0 + reach);
          column++) {
        double dx = (film.x(column, row) - x) / w;
        double dy = (film.y(column, row) - y) / h;
        double q = dx * dx * dx * dx + dy * dy * dy * dy;
        if (q < 1) {
          int p = row * film.size + column;
          // Battery above, circuit below, header on top: two densities in a steel can.
          double inner = dy < -0.55 ? 0.35 : Math.abs(dx) < 0.55 && dy > 0 ? 1.6 : 1.1;
          film.metal[p] += (float) (inner + 0.4 * Curve.step(0.75, 0.95, q));
          mask[p] = true;
        }
      }
    }
    double apexX = t.heart.left * r.range(0.62, 0.78);
    double apexY = t.heart.bottomY - r.range(1.4, 2.4);
    double[][] ventricle = {
      {x - 1, y - h},
      {x - 2.6, t.clavicleY + 1.4},
      {3.4, t.clavicleY + 1.0},
      {-0.8, t.clavicleY + 4.2},
      {-2.2, t.carinaY + 2},
      {-1.7, t.heart.centreY + 1.0},
      {apexX * 0.45, apexY + 0.6},
      {apexX, apexY}
    };
    wire(ventricle, 0.12, 1.1, mask);
    tip(apexX, apexY, mask);
    if (pacemaker.dualChamber()) {
      double ax = t.heart.right * 0.62;
      double ay = t.heart.centreY - 0.8;
      double[][] atrium = {
        {x - 0.6, y - h},
        {x - 2.9, t.clavicleY + 1.9},
        {3.2, t.clavicleY + 1.5},
        {-0.9, t.clavicleY + 4.6},
        {-2.0, t.carinaY + 2.2},
        {-1.9, t.heart.centreY + 0.6},
        {ax * 0.8, ay + 1.0},
        {ax, ay}
      };
      wire(atrium, 0.12, 1.1, mask);
      tip(ax, ay, mask);
    }
  }

  void tube(EndotrachealTube tube, boolean[] mask) {
    double tip = t.carinaY - tube.tipAboveCarina();
    double[] y = {-4, t.clavicleY - 4, tip};
    double[] left = {-0.25, -0.2, -0.3};
    double[] right = {0.65, 0.7, 0.6};
    double[] line = {0.09, 0.09, 0.09};
    double[] wall = {0.07, 0.07, 0.07};
    painter.polyline(film.metal, right, y, line, 1.7, TubePainter.ROD, mask);
    painter.polyline(film.metal, left, y, wall, 0.9, TubePainter.ROD, mask);
  }

  private void tip(double x, double y, boolean[] mask) {
    painter.begin();
    painter.segment(film.metal, x, y, 0.2, x, y + 0.05, 0.2, 1.5, TubePainter.ROD, mask);
  }

  /** A smooth wire through the knots (Catmull-Rom). */
  private void wire(double[][] knots, double radius, double strength, boolean[] mask) {
    int per = 8;
    int n = (knots.length - 1) * per + 1;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      int k = Math.min(i / per, knots.length - 2);
      double u = (i - k * per) / (double) per;
      double[] a = knots[Math.max(0, k - 1)];
      double[] b = knots[k];
      double[] c = knots[k + 1];
      double[] d = knots[Math.min(knots.length - 1, k + 2)];
      x[i] = spline(a[0], b[0], c[0], d[0], u);
      y[i] = spline(a[1], b[1], c[1], d[1], u);
      w[i] = radius;
    }
    painter.polyline(film.metal, x, y, w, strength, TubePainter.ROD, mask);
  }

  private static double spline(double a, double b, double c, double d, double u) {
    return b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
  }
}
