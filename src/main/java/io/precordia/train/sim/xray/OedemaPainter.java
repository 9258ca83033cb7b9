package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding.Oedema;

/**
 * Pulmonary oedema: perihilar haze in a bat's-wing pattern, general haze, and Kerley B lines at the
 * lung bases.
 */
final class OedemaPainter {
  private final Film film;
  private final Thorax t;
  private final ChestState state;

  OedemaPainter(Film film, Thorax thorax, ChestState state) {
    this.film = film;
    this.t = thorax;
    this.state = state;
  }

  void paint(Oedema oedema, TubePainter painter, boolean[] mask) {
    SimRandom r = state.random("oedema");
    LatticeNoise noise = new LatticeNoise(r);
    double severity = oedema.severity();
    double spreadX = r.range(3.4, 4.6);
    double spreadY = r.range(4.8, 6.4);
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        int p = row * film.size + column;
        if (film.lung[p] <= 0) {
          continue;
        }
        double x = film.x(column, row);
        double y = film.y(column, row);
        double dx = (Math.abs(x) - 5.2) / spreadX;
        double dy = (y - t.hilumY - 1.8) / spreadY;
        double wing = PortableMath.exp(-Math.min(30, dx * dx + dy * dy));
        double base = Curve.step(t.carinaY, t.domeRightY, y);
        double patches =
            0.72 + 0.5 * noise.fractal(x * 0.75, y * 0.75) + 0.22 * noise.at(x * 2.6, y * 2.6);
        double fraction = severity * (0.62 * wing + 0.10 + 0.16 * base) * Math.max(0, patches);
        fraction = Math.min(0.9, fraction);
        if (wing * severity * patches > 0.16) {
          mask[p] = true;
        }
        film.lung[p] *= (float) (1 - fraction);
      }
    }
    for (Side side : Side.values()) {
      int lines = 5 + r.below(5);
      for (int i = 0; i < lines; i++) {
        double y = t.angleY(side) - r.range(1.2, 6.5);
        double edge = t.ribHalfWidth(y) - 0.15;
        double length = r.range(1.2, 2.1);
        painter.begin();
        painter.segment(
            film.vessel,
            side.sign() * edge,
            y,
            0.06,
            side.sign() * (edge - length),
            y + r.range(-0.12, 0.12),
            0.05,
            6 * severity,
            TubePainter.ROD,
            null);
      }
    }
  }
}
