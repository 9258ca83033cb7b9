package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Atelectasis;
import io.precordia.train.sim.state.XrayFinding.Emphysema;
import io.precordia.train.sim.state.XrayFinding.Fibrosis;
import io.precordia.train.sim.state.XrayFinding.HiatalHernia;

/** Diffuse changes of the lung, lost volume, and the hernia behind the heart. */
final class Parenchyma {
  private final Film film;
  private final Thorax t;
  private final ChestState state;
  private final TubePainter painter;

  Parenchyma(Film film, Thorax thorax, ChestState state, TubePainter painter) {
    this.film = film;
    this.t = thorax;
    this.state = state;
    this.painter = painter;
  }

  /** More air and fewer vessels, most in the upper zones. */
  void emphysema(Emphysema e) {
    LatticeNoise noise = new LatticeNoise(state.random("emphysema"));
    each(
        (p, x, y) -> {
          double upper = 1 - 0.5 * Curve.step(t.hilumY, t.domeRightY, y);
          double far = Curve.step(3.5, 7, Math.abs(x));
          double part = e.severity() * upper * (0.5 + 0.25 * noise.at(x * 0.4, y * 0.4));
          film.gas[p] += (float) (film.lung[p] * 0.85 * part);
          film.lung[p] *= (float) (1 - 0.85 * part);
          film.vessel[p] *= (float) (1 - 0.75 * part * far);
        });
  }

  /** A net of fine lines below the pleura of the bases. */
  void fibrosis(Fibrosis f, boolean[] mask) {
    LatticeNoise noise = new LatticeNoise(state.random("fibrosis"));
    each(
        (p, x, y) -> {
          double edge = t.ribHalfWidth(y) - Math.abs(x);
          double low = Curve.step(t.carinaY + 1, t.domeRightY - 2, y);
          double place = low * (0.35 + 0.65 * Curve.step(7, 2, edge));
          double ridge = 1 - Math.min(1, 3.4 * Math.abs(noise.at(x * 1.7, y * 1.7)));
          double fine = 1 - Math.min(1, 3.4 * Math.abs(noise.at(x * 3.1 + 50, y * 3.1)));
          double fill = f.severity() * place * (0.10 + 0.45 * ridge + 0.30 * fine);
          film.lung[p] *= (float) (1 - Math.min(0.8, fill));
          if (f.severity() * place > 0.2) {
            mask[p] = true;
          }
        });
  }

  /** Bands above the dome, or a wedge between hilum, spine and dome. */
  void atelectasis(Atelectasis a, boolean[] mask) {
    SimRandom r = state.random("atelectasis-" + a.side());
    if (!a.lobar()) {
      bands(a.side(), r, mask);
      return;
    }
    LatticeNoise noise = new LatticeNoise(r);
    double reach = t.halfWidth * r.range(0.45, 0.62);
    double dense = r.range(0.6, 0.9);
    each(
        (p, x, y) -> {
          if ((x < 0) != (a.side() == Side.RIGHT)) {
            return;
          }
          double down = (y - t.hilumY) / (t.domeY(a.side()) + 1 - t.hilumY);
          if (down <= 0) {
            return;
          }
          double edge = reach * Math.min(1.1, 0.35 + 0.75 * down) - Math.abs(x);
          double fill = dense * Curve.step(-0.5, 0.7, edge) * Curve.step(0, 0.25, down);
          fill *= 1 + 0.15 * noise.at(x, y);
          film.lung[p] *= (float) (1 - Math.min(0.95, fill));
          film.vessel[p] *= (float) (1 - Math.min(0.9, fill));
          if (fill > 0.2) {
            mask[p] = true;
          }
        });
  }

  private void bands(Side side, SimRandom r, boolean[] mask) {
    int count = 1 + r.below(3);
    for (int i = 0; i < count; i++) {
      double s = side.sign();
      double y = t.domeY(side) - r.range(0.8, 3.6);
      double inner = r.range(4.0, 6.0);
      double outer = Math.min(t.ribHalfWidth(y) - 0.6, inner + r.range(3.5, 6.5));
      double tilt = r.range(-1.0, 0.6);
      double radius = r.range(0.16, 0.32);
      double[] x = {s * inner, s * (inner + outer) / 2, s * outer};
      double[] ys = {y, y + tilt * 0.5 + r.range(-0.15, 0.15), y + tilt};
      double[] w = {radius, radius * 1.15, radius * 0.8};
      painter.polyline(film.vessel, x, ys, w, 4.5, TubePainter.ROD, mask);
    }
  }

  /** A rounded sac above the dome with an air-fluid level, unless the patient lies. */
  void hernia(HiatalHernia h, boolean[] mask) {
    SimRandom r = state.random("hernia-place");
    double cx = t.shift + r.range(-0.5, 2.0);
    double cy = t.domeLeftY - 0.75 * h.radius();
    double level = cy - r.range(-0.2, 0.35) * h.radius();
    boolean supine = state.technique().supine();
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        double dx = (film.x(column, row) - cx) / h.radius();
        double y = film.y(column, row);
        double dy = (y - cy) / (0.85 * h.radius());
        double q = Math.sqrt(dx * dx + dy * dy);
        if (q >= 1) {
          continue;
        }
        int p = row * film.size + column;
        double chord = 2 * h.radius() * Curve.dome(q);
        double wall = 0.5 * Curve.step(0.8, 0.95, q);
        if (!supine && y < level) {
          film.gas[p] += (float) (0.5 * chord);
          film.bone[p] += (float) (0.25 * wall);
        } else {
          film.lung[p] -= (float) Math.min(film.lung[p], chord);
          film.bone[p] += (float) (0.01 * chord);
        }
        mask[p] = true;
      }
    }
  }

  /** The regions of both hila and of the pulmonary trunk. */
  void hila(boolean[] mask) {
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        double x = film.x(column, row) - 0.5 * t.shift;
        double y = film.y(column, row);
        double dx = (Math.abs(x) - 4.0) / 2.4;
        double dy = (y - t.hilumY - 0.8) / 4.0;
        mask[row * film.size + column] = dx * dx + dy * dy < 1;
      }
    }
  }

  private interface Point {
    void at(int pixel, double x, double y);
  }

  /** Every pixel that shows lung. */
  private void each(Point point) {
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        int p = row * film.size + column;
        if (film.lung[p] > 0) {
          point.at(p, film.x(column, row), film.y(column, row));
        }
      }
    }
  }
}
