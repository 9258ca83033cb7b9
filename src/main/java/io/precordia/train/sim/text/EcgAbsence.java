package io.precordia.train.sim.text;

import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.Finding;

/** What may be denied of an ECG: absent, and readable as absent. */
final class EcgAbsence {
  private final EcgState e;

  EcgAbsence(EcgState state) {
    this.e = state;
  }

  /** Neither a block, a pacemaker nor an accessory pathway broadens QRS. */
  boolean block() {
    return e.conduction() == Conduction.NORMAL
        && !e.broadEscape()
        && !e.has(Finding.HYPERKALAEMIA)
        && !e.has(Finding.FASCICULAR_BLOCK);
  }

  boolean stElevation() {
    return block()
        && !e.has(Finding.ST_ELEVATION)
        && !e.has(Finding.PERICARDITIS)
        && !e.hypertrophy();
  }

  /** Nothing that changes ST or T. */
  boolean stChange() {
    return stElevation()
        && !e.has(Finding.ISCHAEMIA)
        && !e.has(Finding.LONG_QT)
        && !e.has(Finding.OLD_INFARCTION)
        && !e.has(Finding.LOW_VOLTAGE)
        && !e.has(Finding.ATRIAL_FLUTTER)
        && !e.has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY);
  }

  boolean qWaves() {
    return block() && !e.has(Finding.OLD_INFARCTION);
  }

  boolean hypertrophy() {
    return block() && !e.hypertrophy() && !e.has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY);
  }

  boolean prematureBeats() {
    return e.ectopicBeats() == 0 && e.atrialBeats() == 0 && e.rhythm() == Rhythm.SINUS;
  }

  boolean avBlock() {
    return e.rhythm() == Rhythm.SINUS
        && !e.has(Finding.FIRST_DEGREE_AV_BLOCK)
        && !e.has(Finding.PRE_EXCITATION);
  }

  boolean preExcitation() {
    return e.rhythm() == Rhythm.SINUS && !e.has(Finding.PRE_EXCITATION);
  }
}
