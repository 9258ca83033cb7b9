package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.Zone;

/** A point well inside one zone of one lung, clear of heart and diaphragm. */
record LungPlace(double x, double y) {
  static LungPlace in(Thorax t, Side side, Zone zone, SimRandom r) {
    double top = t.apexY + 2.6;
    double bottom = t.domeY(side) - 0.6;
    double third = (bottom - top) / 3;
    double y = top + third * (zone.ordinal() + r.range(0.25, 0.8));
    double out = t.ribHalfWidth(y);
    double heart = 0;
    for (double d = 0; d < out; d += 0.25) {
      if (t.mediastinalFill(side.sign() * d, y) > 0.3) {
        heart = d;
      }
    }
    double inner = Math.min(Math.max(3.2, heart + 0.6), out - 2.5);
    double x = inner + (out - inner) * r.range(0.25, 0.72);
    return new LungPlace(side.sign() * x, y);
  }
}
