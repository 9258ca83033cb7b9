package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Sex;
import io.precordia.train.sim.state.SimRandom;
import java.util.List;

/** ST segment, T and U wave of the patient's conducted beats. */
final class Repolarisation {
  private final ChestState state;
  private final EcgState e;
  private final SimRandom r;

  Repolarisation(ChestState state) {
    this.state = state;
    this.e = state.ecg();
    this.r = state.random("repolarisation");
  }

  /**
   * The beat with these QRS events.
   *
   * @param axisDegrees frontal axis of QRS, which T follows half way
   */
  BeatShape shape(List<Deflection> qrs, double qrsMs, double axisDegrees) {
    Conduction c = e.conduction();
    double size =
        r.around(1.0, 0.2) * (1.1 - 0.002 * state.ageYears()) * (1 - 0.12 * state.habitus());
    double turn = StrictMath.toRadians(0.5 * (Math.max(-70, Math.min(110, axisDegrees)) - 58));
    double forward = r.around(state.sex() == Sex.FEMALE ? -0.11 : -0.21, 0.08);
    Vector3 t =
        new Vector3(0.25, 0.18, forward)
            .frontal(StrictMath.cos(turn), StrictMath.sin(turn))
            .times(size);
    double grade = r.range(0.8, 1.3);
    double secondary = r.range(0.3, 0.5);
    double rise = r.range(1.3, 1.8);
    double width = r.around(1.0, 0.1);
    double hump = r.range(0.45, 0.8);
    boolean early = r.chance(0.3) && state.ageYears() < 45;
    double u = r.chance(0.3) ? r.range(0.015, 0.05) : 0;
    if (c == Conduction.LEFT_BUNDLE_BRANCH_BLOCK || c == Conduction.PACED) {
      return BeatShape.discordant(qrs, qrsMs, axisDegrees, secondary, 0.17 * grade);
    }
    if (c == Conduction.PRE_EXCITED) {
      BeatShape away = BeatShape.discordant(qrs, qrsMs, axisDegrees, 0.6 * secondary, 0.05 * grade);
      return new BeatShape(
          qrs, qrsMs, axisDegrees, away.t().plus(t.times(0.35)), away.st(), rise, width, 0, 0);
    }
    Vector3 st = early ? new Vector3(0.03, 0.03, -0.04) : new Vector3(-0.010, -0.014, -0.04);
    if (c == Conduction.RIGHT_BUNDLE_BRANCH_BLOCK) {
      t = t.plus(new Vector3(0.10, 0.02, 0.22));
      st = new Vector3(0.03, 0.0, 0.05);
    }
    if (e.hypertrophy()) {
      t = new Vector3(-0.24, 0.02, -0.26).times(grade);
      st = new Vector3(-0.10, -0.02, -0.05).times(grade);
    }
    if (e.has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY)) {
      t = new Vector3(0.20, 0.02, 0.30).times(grade);
      st = new Vector3(0.02, -0.03, 0.09).times(grade);
    }
    Territory injured = e.stElevation();
    if (injured != null) {
      Vector3 shift = towards(injured).times(1.2 * grade);
      st = st.plus(shift);
      // Hyperacute T: the injured wall also repolarises towards the electrode.
      t = t.plus(shift.times(0.5 + 0.4 * (hump - 0.45) / 0.35));
    }
    Territory old = e.oldInfarction();
    if (old != null && hump < 0.7) {
      t = t.plus(towards(old).times(-1.5 * grade));
    }
    Territory ischaemic = e.ischaemia();
    if (ischaemic != null) {
      if (e.shape().depression()) {
        st = st.plus(towards(ischaemic).times(-0.75 * grade));
      }
      if (e.shape().inversion()) {
        t = t.times(0.5).plus(towards(ischaemic).times(-1.8 * grade));
        rise = 1.05;
      } else {
        t = t.times(0.6);
      }
    }
    if (e.has(Finding.PERICARDITIS)) {
      st = st.plus(new Vector3(0.14, 0.15, -0.08).times(grade));
      t = t.times(1.1);
    }
    if (e.has(Finding.HYPERKALAEMIA)) {
      return new BeatShape(
          qrs,
          qrsMs,
          axisDegrees,
          t.plus(new Vector3(0.10, 0.10, -0.16)).times(2.1 * grade),
          st,
          1.0,
          0.62,
          0,
          0);
    }
    if (e.has(Finding.LOW_VOLTAGE)) {
      t = t.times(0.5);
    }
    if (e.has(Finding.LONG_QT)) {
      return new BeatShape(
          qrs, qrsMs, axisDegrees, t, st, rise, 1.45 * width, hump < 0.65 ? hump : 0, 0);
    }
    return new BeatShape(qrs, qrsMs, axisDegrees, t, st, rise, width, 0, u);
  }

  /** PR depression of pericarditis, mV; nothing otherwise. */
  Vector3 prShift() {
    return e.has(Finding.PERICARDITIS) ? new Vector3(-0.05, -0.055, 0.03) : new Vector3(0, 0, 0);
  }

  /** From the middle of the heart to the electrodes of a territory, mV of a typical injury. */
  private static Vector3 towards(Territory territory) {
    return switch (territory) {
      case ANTERIOR -> new Vector3(0.06, 0.02, -0.20);
      case INFERIOR -> new Vector3(-0.03, 0.22, 0.03);
      case LATERAL -> new Vector3(0.24, -0.13, 0.09);
    };
  }
}
