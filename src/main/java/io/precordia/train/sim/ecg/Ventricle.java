package io.precordia.train.sim.ecg;

import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.AxisClass;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.SimRandom;
import java.util.List;

/** The kinds of beat of one patient's ventricles. */
final class Ventricle {
  private final BeatShape conducted;
  private final BeatShape premature;
  private final BeatShape escape;

  Ventricle(ChestState state, LeadField field) {
    EcgState e = state.ecg();
    QrsLoop loop = new Activation(state).loop();
    List<Deflection> qrs = loop.withAxis(field, axis(state));
    conducted = new Repolarisation(state).shape(qrs, loop.ms(), loop.axisDegrees());
    premature = ectopic(state.random("premature"), field);
    escape = e.broadEscape() ? ectopic(state.random("escape"), field) : conducted;
  }

  /** Frontal axis aimed at: that of the finding, or the patient's own, which age and build move. */
  private static double axis(ChestState state) {
    EcgState e = state.ecg();
    if (e.axisClass() == AxisClass.RIGHT) {
      return e.shape().rightAxis();
    }
    if (e.axisClass() == AxisClass.LEFT) {
      boolean mild =
          e.shape().leftward()
              && e.conduction() != EcgState.Conduction.PACED
              && !e.has(Finding.FASCICULAR_BLOCK);
      return mild ? e.shape().mildLeftAxis() : e.shape().leftAxis();
    }
    double own = e.shape().restingAxis() - 0.45 * (state.ageYears() - 50) - 16 * state.habitus();
    if (e.has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY)) {
      return Math.max(64, Math.min(84, own + 30));
    }
    double top = e.oldInfarction() == Territory.INFERIOR ? 25 : 84;
    return Math.max(-24, Math.min(top, own));
  }

  BeatShape shape(Origin origin) {
    return switch (origin) {
      case VENTRICULAR_PREMATURE -> premature;
      case ESCAPE -> escape;
      case CONDUCTED, ATRIAL_PREMATURE, PACED -> conducted;
    };
  }

  /** A beat that starts in the muscle: broad, with T away from it. */
  private static BeatShape ectopic(SimRandom r, LeadField field) {
    double side = r.chance(0.6) ? 1 : -1;
    QrsLoop loop =
        new QrsLoop(r.range(138, 172))
            .body(0.214, 0.097, 0.35 * side, -0.25, 0.35 * side)
            .body(0.474, 0.13, 1.15 * side, 0.75, 0.95 * side)
            .body(0.76, 0.105, 0.40 * side, 0.60, 0.25 * side)
            .individual(r, 0.15, r.around(1, 0.12))
            .rotated(r.around(0, 0.3));
    double axis = r.chance(0.5) ? r.range(50, 110) : r.range(-100, -40);
    List<Deflection> qrs = loop.withAxis(field, axis);
    return BeatShape.discordant(
        qrs, loop.ms(), loop.axisDegrees(), r.range(0.5, 0.85), r.range(0.05, 0.15));
  }
}
