package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.CentralLine;
import io.precordia.train.sim.state.XrayFinding.CentralLine.Access;
import io.precordia.train.sim.state.XrayFinding.EndotrachealTube;
import io.precordia.train.sim.state.XrayFinding.Pacemaker;
import io.precordia.train.sim.state.XrayFinding.SternotomyWires;

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

  /** From the neck, below the clavicle or the arm to the lower superior vena cava. */
  void centralLine(CentralLine line, boolean[] mask) {
    SimRandom r = state.random("central-line-path");
    double s = line.side().sign();
    double tipY = t.carinaY + r.range(1.0, 4.0);
    double tipX = 0.5 * t.shift - 2.0 - r.range(0, 0.4);
    double cross = line.side() == Side.LEFT ? -0.6 : -2.3;
    double[] join = {cross, t.clavicleY + 4.5};
    double[] tip = {tipX, tipY};
    boolean jugular =
        line.access() == Access.JUGULAR
            || line.access() == Access.DIALYSIS
            || (line.access() == Access.PORT && r.chance(0.5));
    double[][] knots;
    if (jugular) {
      knots =
          new double[][] {
            {s * (t.neck - 1.8), t.clavicleY - 7},
            {s * 3.6, t.clavicleY - 2},
            {s * 2.6, t.clavicleY + 1.8},
            join,
            tip
          };
    } else if (line.access() == Access.PERIPHERAL) {
      knots =
          new double[][] {
            {s * (t.shoulder - 0.5 + t.armOut), t.clavicleY + 16},
            {s * (t.shoulder - 2.5), t.clavicleY + 8},
            {s * (t.shoulder - 6), t.clavicleY + 3.2},
            {s * 4.2, t.clavicleY + 1.0},
            join,
            tip
          };
    } else {
      knots =
          new double[][] {
            {s * (t.shoulder - 6), t.clavicleY + 5.5},
            {s * 8, t.clavicleY + 2.2},
            {s * 3.6, t.clavicleY + 1.2},
            join,
            tip
          };
    }
    boolean wide = line.access() == Access.DIALYSIS;
    wire(knots, wide ? r.range(0.2, 0.27) : r.range(0.11, 0.18), r.range(0.8, 1.5), mask);
    if (line.access() == Access.PORT) {
      disc(s * t.halfWidth * 0.58, t.clavicleY + r.range(4.5, 6), r.range(1.0, 1.35), 0.9, mask);
    }
  }

  /** Down the oesophagus into the stomach. */
  void nasogastric(boolean[] mask) {
    SimRandom r = state.random("nasogastric-path");
    double[][] knots = {
      {0.3, -5},
      {0.2, t.clavicleY},
      {0.4, t.carinaY},
      {0.8, t.hilumY + 4},
      {1.4, t.domeLeftY - 1},
      {2.6, t.domeLeftY + 2.2},
      {4.5 + r.range(0, 2.5), t.domeLeftY + r.range(4, 7)}
    };
    wire(knots, r.range(0.10, 0.16), r.range(0.9, 1.6), mask);
  }

  /** Twisted loops along the midline. */
  void sternotomy(SternotomyWires wires, boolean[] mask) {
    SimRandom r = state.random("sternotomy-path");
    double x0 = 1.6 * t.shift;
    double top = t.clavicleY + 2.2;
    double step = (t.domeRightY - 3.5 - top) / (wires.count() - 1);
    for (int i = 0; i < wires.count(); i++) {
      double y = top + i * step + r.range(-0.25, 0.25);
      double w = r.range(0.5, 0.9);
      double h = r.range(0.2, 0.4);
      double x = x0 + r.range(-0.2, 0.2);
      double[][] loop = {
        {x - w, y},
        {x, y - h},
        {x + w, y},
        {x, y + h},
        {x - w, y + 0.1},
        {x - 0.2, y + 0.5}
      };
      wire(loop, 0.06, 3.2, mask);
    }
  }

  private void disc(double x, double y, double radius, double strength, boolean[] mask) {
    painter.begin();
    painter.segment(
        film.metal, x, y, radius, x, y + 0.05, radius, strength / radius, TubePainter.RIB, mask);
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
    double[] line = {0.11, 0.11, 0.11};
    double[] wall = {0.08, 0.08, 0.08};
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
