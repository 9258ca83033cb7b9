package io.precordia.train.sim.xray;

import org.jspecify.annotations.Nullable;

/**
 * Paints tubes (ribs, vessels, catheters) given as polylines: each pixel gets the chord of the tube
 * at its distance from the axis. Overlapping segments of one tube count once (the largest),
 * different tubes add. One painter per study; not thread-safe.
 */
final class TubePainter {
  /** Path length of a tube at relative distance q (0 axis, 1 edge) for radius 1. */
  interface Section {
    double chord(double q);
  }

  /** A solid round rod. */
  static final Section ROD = q -> 2 * Curve.dome(q);

  /** Cortical shell over a lighter core: bright rims, as ribs have. */
  static final Section RIB =
      q -> 1.05 * Curve.dome(q) + 0.75 * Curve.step(0.45, 0.8, q) * Curve.step(1.0, 0.86, q);

  private final Film film;
  private final int[] owner;
  private final float[] latest;
  private int tube;

  TubePainter(Film film) {
    this.film = film;
    this.owner = new int[film.size * film.size];
    this.latest = new float[film.size * film.size];
  }

  /** Starts a new tube: what follows adds to what other tubes left. */
  void begin() {
    tube++;
  }

  /** A polyline of points with radii, painted as one tube. */
  void polyline(
      float[] target,
      double[] xs,
      double[] ys,
      double[] radii,
      double strength,
      Section section,
      boolean @Nullable [] mask) {
    begin();
    for (int i = 0; i + 1 < xs.length; i++) {
      segment(
          target,
          xs[i],
          ys[i],
          radii[i],
          xs[i + 1],
          ys[i + 1],
          radii[i + 1],
          strength,
          section,
          mask);
    }
  }

  /**
   * One tapered segment of the current tube.
   *
   * @param strength multiplies the chord
   * @param mask set true within the tube, if given
   */
  void segment(
      float[] target,
      double x0,
      double y0,
      double r0,
      double x1,
      double y1,
      double r1,
      double strength,
      Section section,
      boolean @Nullable [] mask) {
    double c0 = film.column(x0, y0);
    double w0 = film.row(x0, y0);
    double c1 = film.column(x1, y1);
    double w1 = film.row(x1, y1);
    // A tube thinner than a pixel is drawn a pixel wide and proportionally fainter: the detector
    // integrates over the pixel.
    double p0 = Math.max(r0 / film.pitch, 0.55);
    double p1 = Math.max(r1 / film.pitch, 0.55);
    double reach = Math.max(p0, p1) + 1;
    int left = Math.max(0, (int) Math.floor(Math.min(c0, c1) - reach));
    int right = Math.min(film.size - 1, (int) Math.ceil(Math.max(c0, c1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(w0, w1) - reach));
    int bottom = Math.min(film.size - 1, (int) Math.ceil(Math.max(w0, w1) + reach));
    double dx = c1 - c0;
    double dy = w1 - w0;
    double length = Math.max(1e-9, dx * dx + dy * dy);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double t = Math.max(0, Math.min(1, ((column - c0) * dx + (row - w0) * dy) / length));
        double ex = column - c0 - t * dx;
        double ey = row - w0 - t * dy;
        double radius = p0 + t * (p1 - p0);
        double q = Math.sqrt(ex * ex + ey * ey) / radius;
        if (q >= 1) {
          continue;
        }
        double real = r0 + t * (r1 - r0);
        double thin = Math.min(1, real / film.pitch / radius);
        put(target, row * film.size + column, strength * real * thin * section.chord(q));
        if (mask != null) {
          mask[row * film.size + column] = true;
        }
      }
    }
  }

  private void put(float[] target, int p, double value) {
    if (owner[p] == tube) {
      if (value > latest[p]) {
        target[p] += (float) value - latest[p];
        latest[p] = (float) value;
      }
    } else {
      owner[p] = tube;
      latest[p] = (float) value;
      target[p] += (float) value;
    }
  }
}
