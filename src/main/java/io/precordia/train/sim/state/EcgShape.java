package io.precordia.train.sim.state;

import io.precordia.train.sim.state.EcgState.Territory;
import java.util.Set;

/**
 * How the findings look that change the form of a beat.
 *
 * @param restingAxis frontal QRS axis in degrees without deviation, -24 to 84
 * @param rightAxis the same with right axis deviation
 * @param leftAxis the same with left anterior fascicular block or ventricular pacing
 * @param mildLeftAxis the same with left axis deviation of another cause
 * @param leftward left axis deviation without fascicular block
 * @param leftPosterior a fascicular block of the posterior instead of the anterior fascicle
 * @param incompleteRight incomplete right bundle branch block, which is not a label of its own
 * @param oldInfarction territory of Q waves
 * @param stElevation territory of the injury current
 * @param ischaemia territory of ischaemia
 * @param depression ischaemia depresses ST
 * @param inversion ischaemia inverts T; at least one of both
 * @param qtcMs corrected QT (Fridericia)
 * @param longQtcMs corrected QT of a long QT
 * @param lowVoltage amplitude factor of low voltage
 * @param alternans relative change of amplitude from beat to beat in low voltage, 0 without
 */
public record EcgShape(
    double restingAxis,
    double rightAxis,
    double leftAxis,
    double mildLeftAxis,
    boolean leftward,
    boolean leftPosterior,
    boolean incompleteRight,
    Territory oldInfarction,
    Territory stElevation,
    Territory ischaemia,
    boolean depression,
    boolean inversion,
    double qtcMs,
    double longQtcMs,
    double lowVoltage,
    double alternans) {

  /** Whether the ventricles conduct without a block, so that an escape beat can differ. */
  boolean narrow(Set<Finding> findings) {
    return !findings.contains(Finding.LEFT_BUNDLE_BRANCH_BLOCK)
        && !findings.contains(Finding.RIGHT_BUNDLE_BRANCH_BLOCK)
        && !findings.contains(Finding.FASCICULAR_BLOCK)
        && !findings.contains(Finding.LEFT_VENTRICULAR_HYPERTROPHY)
        && !findings.contains(Finding.RIGHT_VENTRICULAR_HYPERTROPHY)
        && !findings.contains(Finding.OLD_INFARCTION)
        && !findings.contains(Finding.ST_ELEVATION)
        && !findings.contains(Finding.ISCHAEMIA)
        && !findings.contains(Finding.PERICARDITIS)
        && !findings.contains(Finding.RIGHT_AXIS_DEVIATION)
        && !findings.contains(Finding.HYPERKALAEMIA)
        && !findings.contains(Finding.LONG_QT)
        && !findings.contains(Finding.LOW_VOLTAGE);
  }
}
