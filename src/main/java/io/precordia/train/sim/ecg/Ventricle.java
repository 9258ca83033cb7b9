package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The depolarisation and repolarisation of one patient's ventricles as dipole events. Times are
 * relative to the R reference. Onset and offset of QRS are given where the outermost events have
 * fallen to about a twentieth of a millivolt.
 */
final class Ventricle {
  final List<Deflection> qrs = new ArrayList<>();
  final List<Deflection> ectopic = new ArrayList<>();
  final Vector3 tWave;
  final Vector3 ectopicT;

  /** ST shift, mV: reached at the J point and held until the T wave falls. */
  final Vector3 injury;

  final double onsetMs;
  final double offsetMs;
  final double ectopicOnsetMs;
  final double ectopicOffsetMs;

  Ventricle(ChestState state) {
    EcgState e = state.ecg();
    SimRandom r = state.random("ventricle");
    double turn = r.around(-0.22, 0.28) - 0.10 * state.habitus();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    double size = r.around(1.0, 0.14) * (1 - 0.12 * state.habitus());
    double width = r.around(1.0, 0.06);
    Vector3 t = new Vector3(0.27, 0.17, -0.11).times(r.around(1.0, 0.22)).frontal(cos, sin);
    Vector3 st = new Vector3(0.01, 0.01, -0.02);
    Conduction c = e.conduction();
    switch (c) {
      case NORMAL -> {
        double big = e.hypertrophy() ? r.range(1.75, 2.15) : 1;
        double s = size * Math.min(1.1, 1 / size * (e.hypertrophy() ? 1 : size));
        qrs.add(turned(-23, 6.5 * width, -0.12 * s, -0.05 * s, -0.22 * s, cos, sin));
        qrs.add(turned(-7, 7.2 * width, 0.72 * s * big, 0.62 * s, -0.10 * s, cos, sin));
        qrs.add(turned(7, 7.5 * width, 0.62 * s * big, 0.48 * s, 0.62 * s * big, cos, sin));
        qrs.add(
            turned(
                25,
                9.0 * width,
                -0.16 * s,
                -0.12 * s,
                0.30 * s * (e.hypertrophy() ? 1.25 : 1),
                cos,
                sin));
        if (e.hypertrophy()) {
          t = new Vector3(-0.24, 0.02, -0.26).times(r.around(1.0, 0.15)).frontal(cos, sin);
          st = new Vector3(-0.10, -0.02, -0.05);
        }
        onsetMs = -23 - 2.3 * 6.5 * width;
        offsetMs = 25 + 2.3 * 9.0 * width;
      }
      case LEFT_BUNDLE_BRANCH_BLOCK -> {
        double w = r.range(1.0, 1.22);
        qrs.add(turned(-32 * w, 9 * w, 0.20 * size, 0.16 * size, -0.10 * size, cos, sin));
        qrs.add(turned(-10 * w, 13 * w, 0.66 * size, 0.30 * size, 0.66 * size, cos, sin));
        qrs.add(turned(28 * w, 15 * w, 0.86 * size, 0.06 * size, 0.84 * size, cos, sin));
        qrs.add(turned(58 * w, 11 * w, 0.34 * size, -0.05 * size, 0.30 * size, cos, sin));
        t = new Vector3(-0.34, -0.02, -0.40).times(r.around(1.0, 0.15)).frontal(cos, sin);
        st = new Vector3(-0.10, 0.0, -0.16);
        onsetMs = -32 * w - 2.2 * 9 * w;
        offsetMs = 58 * w + 2.2 * 11 * w;
      }
      default -> {
        double w = r.range(1.0, 1.18);
        qrs.add(turned(-21, 5.5, -0.12 * size, -0.05 * size, -0.26 * size, cos, sin));
        qrs.add(turned(-6, 7.5, 0.70 * size, 0.55 * size, 0.02 * size, cos, sin));
        qrs.add(turned(9, 8, 0.48 * size, 0.36 * size, 0.42 * size, cos, sin));
        qrs.add(
            new Deflection(
                48 * w, 15 * w, 17 * w, new Vector3(-0.52 * size, 0.06 * size, -0.46 * size)));
        t = t.plus(new Vector3(0.10, 0.02, 0.22));
        st = new Vector3(0.03, 0.0, 0.05);
        onsetMs = -21 - 2.3 * 5.5;
        offsetMs = 48 * w + 2.2 * 17 * w;
      }
    }
    SimRandom q = state.random("injury");
    double grade = q.range(0.75, 1.3);
    Vector3 shift = elevation(e.stElevation(), grade);
    injury = st.plus(shift);
    // Hyperacute T: the injured wall also repolarises towards the electrode.
    tWave = t.plus(shift.times(q.range(0.5, 0.9)));
    double w = r.around(1.0, 0.06);
    double s = r.chance(0.6) ? 1 : -1;
    ectopic.add(Deflection.of(-38 * w, 15 * w, 0.35 * s, -0.25, 0.35 * s));
    ectopic.add(Deflection.of(2 * w, 20 * w, 1.15 * s, 0.75, 0.95 * s));
    ectopic.add(Deflection.of(46 * w, 17 * w, 0.40 * s, 0.60, 0.25 * s));
    ectopicT = new Vector3(-0.55 * s, -0.40, -0.45 * s);
    ectopicOnsetMs = -38 * w - 2.2 * 15 * w;
    ectopicOffsetMs = 46 * w + 2.2 * 17 * w;
  }

  private static Deflection turned(
      double centre, double width, double x, double y, double z, double cos, double sin) {
    return new Deflection(centre, width, width, new Vector3(x, y, z).frontal(cos, sin));
  }

  private static Vector3 elevation(EcgState.@Nullable Territory territory, double grade) {
    if (territory == null) {
      return new Vector3(0, 0, 0);
    }
    return switch (territory) {
      case ANTERIOR -> new Vector3(0.06, 0.02, -0.20).times(grade);
      case INFERIOR -> new Vector3(-0.03, 0.22, 0.03).times(grade);
      case LATERAL -> new Vector3(0.24, -0.13, 0.09).times(grade);
    };
  }
}
