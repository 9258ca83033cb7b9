package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.Build;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Projection;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;

/** Ribs, clavicles, scapulae, humeri and spine, painted as bone path length. */
final class Skeleton {
  private static final int RIBS = 12;
  private final Thorax t;
  private final SimRandom r;
  private final double mineral;
  private final double spacing;
  private final double bend;
  private final double aorta;

  Skeleton(Thorax thorax, ChestState state) {
    this.t = thorax;
    this.r = state.random("skeleton");
    double loss = Math.max(0, state.ageYears() - 55) * 0.006;
    this.mineral = r.around(1.25, 0.2) - loss;
    this.spacing = thorax.ribSpacing;
    this.bend = state.build().scoliosis();
    this.aorta = state.build().aorta();
  }

  void paint(Film film, TubePainter painter) {
    for (Side side : Side.values()) {
      for (int i = 0; i < RIBS; i++) {
        rib(film, painter, side, i);
      }
      clavicle(film, painter, side);
      scapula(film, painter, side);
      humerus(film, painter, side);
    }
    spine(film);
    if (aorta > Build.UNFOLDED) {
      calcifiedArch(film, painter);
    }
  }

  /** A thin bright rim on the aortic knob. */
  private void calcifiedArch(Film film, TubePainter painter) {
    int n = 9;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] w = new double[n];
    double radius = 0.92 * t.heart.knob;
    for (int k = 0; k < n; k++) {
      double angle = -1.2 + 1.9 * k / (n - 1);
      x[k] = t.shift + 2.0 + radius * StrictMath.cos(angle);
      y[k] = t.carinaY - 1.9 + radius * StrictMath.sin(angle);
      w[k] = 0.09;
    }
    painter.polyline(film.bone, x, y, w, 2.2 * (aorta - 0.9), TubePainter.ROD, null);
  }

  private void rib(Film film, TubePainter painter, Side side, int i) {
    double start = t.apexY - 1.2 + spacing * i + r.around(0, 0.08);
    double drop = (2.6 + 0.95 * Math.min(i, 7)) * r.around(1.0, 0.05);
    double radius = r.around(0.62, 0.04) * (i == 0 ? 0.85 : 1);
    double back = i < 2 ? 0.9 : 1;
    int posterior = 22;
    // The posterior part runs out from the spine, rises a little and then falls; beyond the lateral
    // wall the anterior part returns.
    int anterior = i > 8 ? 0 : 16;
    double end = Math.PI * (0.56 + 0.20 * Math.min(1, (8.5 - Math.min(i, 8)) / 4));
    double[] x = new double[posterior];
    double[] y = new double[posterior];
    double[] w = new double[posterior];
    for (int k = 0; k < posterior; k++) {
      place(
          x,
          y,
          w,
          k,
          side,
          i,
          start,
          drop,
          0.12 + (Math.PI / 2 - 0.12) * k / (posterior - 1),
          radius * back);
    }
    painter.polyline(film.bone, x, y, w, 0.62 * mineral, TubePainter.RIB, null);
    if (anterior > 0) {
      double[] ax = new double[anterior];
      double[] ay = new double[anterior];
      double[] aw = new double[anterior];
      for (int k = 0; k < anterior; k++) {
        double theta = Math.PI / 2 + (end - Math.PI / 2) * k / (anterior - 1);
        place(ax, ay, aw, k, side, i, start, drop, theta, radius * 1.05);
      }
      painter.polyline(film.bone, ax, ay, aw, 0.45 * mineral, TubePainter.RIB, null);
    }
  }

  private void place(
      double[] x,
      double[] y,
      double[] w,
      int k,
      Side side,
      int i,
      double start,
      double drop,
      double theta,
      double radius) {
    double s = StrictMath.sin(theta);
    double c = StrictMath.cos(theta);
    double fall =
        drop * (1 - c) * (theta > Math.PI / 2 ? 0.78 : 0.62)
            - 0.55 * StrictMath.sin(2 * theta) * (theta < Math.PI / 2 ? 1 : 0);
    double yy = start + fall;
    double at = start + 0.62 * drop;
    double half = Math.max(t.ribHalfWidth(at), i == 0 ? 4.8 : 6.2) + 0.25;
    x[k] = side.sign() * (1.4 + (half - 1.4) * s);
    y[k] = yy;
    // Seen edge-on at the lateral wall the flat rib is thinner.
    w[k] = radius * (1 - 0.3 * s * s * s * s);
  }

  private void clavicle(Film film, TubePainter painter, Side side) {
    int n = 20;
    double[] x = new double[n];
    double[] y = new double[n];
    double[] w = new double[n];
    double tilt = r.around(1.6, 0.6);
    for (int k = 0; k < n; k++) {
      double u = (double) k / (n - 1);
      x[k] = side.sign() * (1.9 + (t.shoulder - 5.2) * u) + 7 * t.turn * (1 - u);
      y[k] = t.clavicleY + 1.4 - tilt * u - 0.55 * StrictMath.sin(2 * Math.PI * u);
      w[k] = 0.62 + 0.35 * (1 - Curve.step(0, 0.18, u)) + 0.15 * Curve.step(0.8, 1, u);
    }
    painter.polyline(film.bone, x, y, w, 1.35 * mineral, TubePainter.RIB, null);
  }

  private void scapula(Film film, TubePainter painter, Side side) {
    double out = t.projection == Projection.PA ? 1.8 : 0.2;
    double s = side.sign();
    double medialX = t.halfWidth * 0.80 + out;
    double top = t.clavicleY + 0.8;
    double angle = top + r.around(12.5, 0.8);
    double glenoidX = t.shoulder - 3.2;
    double[] mx = {s * medialX, s * (medialX - 0.3), s * medialX, s * (medialX + 0.7)};
    double[] my = {top + 1, top + 5, top + 9, angle};
    double[] mr = {0.3, 0.28, 0.28, 0.4};
    painter.polyline(film.bone, mx, my, mr, 0.55 * mineral, TubePainter.ROD, null);
    double[] lx = {s * (medialX + 0.7), s * (medialX + 1.9), s * (glenoidX - 0.2), s * glenoidX};
    double[] ly = {angle, angle - 4, top + 4.5, top + 2.2};
    double[] lr = {0.4, 0.42, 0.55, 0.9};
    painter.polyline(film.bone, lx, ly, lr, 0.6 * mineral, TubePainter.ROD, null);
    double[] sx = {s * (medialX + 0.2), s * (glenoidX - 1), s * (glenoidX + 1.2)};
    double[] sy = {top + 2.6, top + 0.8, top - 0.6};
    double[] sr = {0.35, 0.5, 0.7};
    painter.polyline(film.bone, sx, sy, sr, 0.45 * mineral, TubePainter.ROD, null);
  }

  private void humerus(Film film, TubePainter painter, Side side) {
    double s = side.sign();
    double hx = t.shoulder - 1.4;
    double hy = t.clavicleY + 2.6;
    painter.begin();
    painter.segment(
        film.bone, s * hx, hy, 2.2, s * hx, hy + 0.2, 2.2, 0.42 * mineral, TubePainter.ROD, null);
    double[] x = {s * (hx + 0.6), s * (hx + 0.3 + 0.4 * t.armOut), s * (hx + 0.4 + t.armOut)};
    double[] y = {hy + 0.6, hy + 9, hy + 24};
    double[] w = {1.5, 1.15, 1.1};
    painter.polyline(film.bone, x, y, w, 0.8 * mineral, TubePainter.RIB, null);
  }

  /** Vertebral bodies with discs, pedicles and spinous processes. */
  private void spine(Film film) {
    double pitch = spacing * r.around(1.04, 0.03);
    double phase = r.range(0, pitch);
    double half = r.around(1.85, 0.12);
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        double x = film.x(column, row);
        if (Math.abs(x) > 7) {
          continue;
        }
        double y = film.y(column, row);
        double u = (y - t.apexY) / 12;
        double dx = x + 2.5 * t.turn - bend * u * (2 - u);
        double wide = half * (0.82 + 0.30 * Curve.step(t.apexY - 4, t.domeRightY + 4, y));
        double inBody = (y + phase) / pitch;
        double f = inBody - Math.floor(inBody);
        double gap = f < 0.22 ? Curve.step(0.0, 0.05, f) * Curve.step(0.22, 0.17, f) : 0;
        double waist = wide * (1 - 0.07 * (1 - Math.abs(2 * f - 1)));
        double q = Math.abs(dx) / waist;
        double value = 0;
        if (q < 1) {
          value =
              (1.5 * Math.sqrt(1 - q * q * q * q) + 0.4 * Curve.step(0.8, 0.93, q))
                  * (1 - 0.6 * gap);
        }
        // Pedicles: a pair of rings; spinous process: a drop in the midline.
        double py = (f - 0.55) * pitch;
        double px = Math.abs(dx) - 0.62 * wide;
        double ring = Math.sqrt(px * px + py * py);
        value += 0.35 * Curve.step(0.55, 0.42, ring) * Curve.step(0.18, 0.34, ring);
        double sy = (f - 0.8) * pitch;
        value += 0.45 * Curve.dome(Math.sqrt(dx * dx / 0.14 + sy * sy / 0.5));
        // Transverse processes.
        double ty = (f - 0.5) * pitch;
        if (q >= 0.9 && Math.abs(dx) < wide + 1.6) {
          value += 0.35 * Curve.dome(ty / 0.5) * Curve.step(wide + 1.6, wide + 1.0, Math.abs(dx));
        }
        film.bone[row * film.size + column] += (float) (0.55 * mineral * value);
      }
    }
  }
}
