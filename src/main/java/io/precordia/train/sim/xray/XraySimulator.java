package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Side;
import java.util.Map;

/**
 * Projects a patient onto a detector: path lengths through an analytic thorax, then exposure.
 * Stateless and thread-safe; the same state and size give the same bits on every machine.
 */
public final class XraySimulator {
  /**
   * The radiograph of a patient.
   *
   * @param size columns and rows, 32 to 4096
   */
  public XrayImage render(ChestState state, int size) {
    if (size < 32 || size > 4096) {
      throw new IllegalArgumentException("radiograph size must be 32 to 4096, not " + size);
    }
    Thorax thorax = new Thorax(state);
    Film film = new Film(state, size);
    boolean[] heart = new boolean[size * size];
    boolean[] lungs = new boolean[size * size];
    fill(film, thorax, state, heart, lungs);
    TubePainter painter = new TubePainter(film);
    new Skeleton(thorax, state).paint(film, painter);
    airways(film, thorax, painter);
    new Vessels(thorax, state).paint(film, painter);
    Map<Finding, boolean[]> masks = new Lesions(film, thorax, state, heart, lungs).paint(painter);
    new Clutter(film, thorax, state, painter).paint();
    float[] display = new Exposure(state).develop(film);
    Marking.apply(display, size, state);
    return new XrayImage(size, display, masks, heart, lungs, film.pitch * 10);
  }

  private static void fill(
      Film film, Thorax t, ChestState state, boolean[] heart, boolean[] lungs) {
    LatticeNoise texture = new LatticeNoise(state.random("texture"));
    BodyOutline outline = new BodyOutline(t);
    int size = film.size;
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int p = row * size + column;
        double x = film.x(column, row);
        double y = film.y(column, row);
        double body = outline.at(x, y);
        if (body <= 0) {
          continue;
        }
        body += t.breastAt(x, y);
        body *= 1 + 0.3 * t.turn * Math.max(-1, Math.min(1, x / t.halfWidth));
        film.body[p] = (float) (body * (1 + 0.012 * texture.at(x * 0.35, y * 0.35)));
        heart[p] =
            t.heart.fill(x - t.shift, y) > 0
                && y < t.diaphragm(x < 0 ? Side.RIGHT : Side.LEFT, x) + 2;
        double room = Math.min(t.cavity(x, y), 0.92 * body);
        if (room > 0) {
          double fill = t.mediastinalFill(x, y);
          double free = room * (1 - fill);
          film.room[p] = (float) free;
          film.lung[p] = (float) (free * (0.985 + 0.045 * texture.fractal(x * 1.6, y * 1.6)));
          lungs[p] = free > 0.8 && fill < 0.25;
        }
      }
    }
    stomach(film, t, state);
  }

  /** The gas bubble below the left dome, with a level if the patient stands. */
  private static void stomach(Film film, Thorax t, ChestState state) {
    double thickness = state.random("stomach").range(-0.5, 4.0);
    if (thickness <= 0) {
      return;
    }
    double centreX = t.domeX(Side.LEFT) * 0.85;
    double centreY = t.domeLeftY + 2.6;
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        double gx = (film.x(column, row) - centreX) / 2.9;
        double gy = (film.y(column, row) - centreY) / 1.5;
        double r2 = gx * gx + gy * gy;
        // Standing, the fluid has a level.
        if (r2 < 1 && (gy < 0.75 || state.technique().supine())) {
          film.gas[row * film.size + column] += (float) (thickness * Math.sqrt(1 - r2));
        }
      }
    }
  }

  /** Trachea and main bronchi. */
  private static void airways(Film film, Thorax t, TubePainter painter) {
    double[] x = {0.1, 0.2, -0.1};
    double[] y = {-3, t.clavicleY, t.carinaY};
    double[] w = {0.85, 0.85, 0.82};
    painter.polyline(film.gas, x, y, w, 1.0, TubePainter.ROD, null);
    for (Side side : Side.values()) {
      double s = side.sign();
      double[] bx = {0, s * 1.7, s * (side == Side.LEFT ? 3.9 : 3.0)};
      double[] by = {
        t.carinaY - 0.3,
        t.carinaY + (side == Side.LEFT ? 1.0 : 1.4),
        t.carinaY + (side == Side.LEFT ? 2.1 : 3.2)
      };
      double[] bw = {0.65, 0.6, 0.45};
      painter.polyline(film.gas, bx, by, bw, 0.8, TubePainter.ROD, null);
    }
  }
}
