package io.precordia.train.sim.state;

import io.precordia.study.Modality;
import io.precordia.train.sim.state.EcgState.AvBlock;
import io.precordia.train.sim.state.EcgState.Territory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the wanted ECG findings into one state. */
final class EcgStateSampler {
  private static final EcgConflicts CONFLICTS = new EcgConflicts();
  private static final Set<Finding> FORM_OF_LIMB_LEADS =
      Set.of(
          Finding.FASCICULAR_BLOCK,
          Finding.RIGHT_AXIS_DEVIATION,
          Finding.RIGHT_VENTRICULAR_HYPERTROPHY,
          Finding.LEFT_VENTRICULAR_HYPERTROPHY,
          Finding.LEFT_BUNDLE_BRANCH_BLOCK,
          Finding.OLD_INFARCTION,
          Finding.ST_ELEVATION,
          Finding.ISCHAEMIA,
          Finding.PERICARDITIS,
          Finding.PACED_RHYTHM,
          Finding.PRE_EXCITATION);

  private EcgStateSampler() {}

  /**
   * Takes the wanted findings one by one, those that the condition stands for first and the others
   * in random order, and leaves out what cannot stand beside those already taken.
   */
  static EcgState draw(long seed, long index, Condition condition, Set<Finding> wanted) {
    SimRandom r = SimRandom.of(seed, index, "ecg-state");
    Set<Finding> findings = EnumSet.noneOf(Finding.class);
    for (Finding f : ordered(condition, wanted, r)) {
      if (CONFLICTS.allows(findings, f)) {
        findings.add(f);
      }
    }
    if (findings.contains(Finding.RIGHT_VENTRICULAR_HYPERTROPHY) && r.chance(0.75)) {
      findings.add(Finding.RIGHT_AXIS_DEVIATION);
    }
    EcgShape shape = shape(SimRandom.of(seed, index, "ecg-shape"), findings);
    if (findings.contains(Finding.FASCICULAR_BLOCK) && shape.leftPosterior()) {
      findings.add(Finding.RIGHT_AXIS_DEVIATION);
    }
    return new EcgState(
        findings,
        timing(SimRandom.of(seed, index, "ecg-timing")),
        shape,
        technical(SimRandom.of(seed, index, "ecg-technical"), findings));
  }

  private static List<Finding> ordered(Condition condition, Set<Finding> wanted, SimRandom r) {
    Set<Finding> first = core(condition);
    List<Finding> out = new ArrayList<>();
    int leading = 0;
    for (Finding f : wanted) {
      if (f.modality() != Modality.ECG) {
        continue;
      }
      if (first.contains(f)) {
        out.add(0, f);
        leading++;
      } else {
        out.add(leading + r.below(out.size() - leading + 1), f);
      }
    }
    return out;
  }

  /** The signs for which the condition stands. */
  private static Set<Finding> core(Condition condition) {
    return switch (condition) {
      case NONE, UNLINKED -> Set.of();
      case HEART_FAILURE ->
          EnumSet.of(Finding.LEFT_VENTRICULAR_HYPERTROPHY, Finding.LEFT_BUNDLE_BRANCH_BLOCK);
      case PERICARDIAL_EFFUSION -> EnumSet.of(Finding.LOW_VOLTAGE);
      case COPD -> EnumSet.of(Finding.RIGHT_AXIS_DEVIATION, Finding.LOW_VOLTAGE);
      case PULMONARY_HYPERTENSION -> EnumSet.of(Finding.RIGHT_VENTRICULAR_HYPERTROPHY);
      case PULMONARY_EMBOLISM ->
          EnumSet.of(
              Finding.SINUS_TACHYCARDIA,
              Finding.RIGHT_BUNDLE_BRANCH_BLOCK,
              Finding.RIGHT_AXIS_DEVIATION);
      case PACED -> EnumSet.of(Finding.PACED_RHYTHM);
      case CORONARY_SURGERY -> EnumSet.of(Finding.OLD_INFARCTION);
    };
  }

  private static EcgTiming timing(SimRandom r) {
    double kind = r.next();
    AvBlock block =
        kind < 0.3
            ? AvBlock.WENCKEBACH
            : kind < 0.45 ? AvBlock.MOBITZ : kind < 0.65 ? AvBlock.TWO_TO_ONE : AvBlock.COMPLETE;
    boolean broad = r.chance(0.45);
    boolean variable = r.chance(0.25);
    double share = r.next();
    double ratio = variable ? 3 : share < 0.45 ? 2 : share < 0.6 ? 3 : 4;
    return new EcgTiming(
        Math.max(60.5, Math.min(97, r.around(70, 9.5))),
        r.range(40, 57),
        r.range(104, 148),
        r.range(58, 155),
        r.range(245, 340),
        ratio,
        variable,
        r.range(66, 100),
        broad ? r.range(28, 41) : r.range(38, 54),
        broad,
        block,
        3 + r.below(3),
        r.chance(0.5) ? 60 : r.range(60, 88),
        r.chance(0.6),
        r.chance(0.5),
        r.range(121, 182),
        r.range(214, 340),
        r.range(88, 114),
        1 + r.below(4),
        1 + r.below(3));
  }

  private static EcgShape shape(SimRandom r, Set<Finding> findings) {
    boolean right = findings.contains(Finding.RIGHT_AXIS_DEVIATION);
    boolean left = findings.contains(Finding.LEFT_VENTRICULAR_HYPERTROPHY);
    Territory old = Territory.values()[r.below(3)];
    if (left || (right && old == Territory.INFERIOR)) {
      old = left ? Territory.INFERIOR : Territory.ANTERIOR;
    }
    double restingAxis = Math.max(-24, Math.min(84, r.around(42, 27)));
    double rightAxis = r.range(99, 138);
    double leftAxis = r.range(-74, -48);
    double mildLeft = r.range(-46, -33);
    boolean mayBeLeft =
        left
            || findings.contains(Finding.LEFT_BUNDLE_BRANCH_BLOCK)
            || (findings.contains(Finding.OLD_INFARCTION) && old == Territory.INFERIOR);
    boolean leftward = r.chance(0.3) && mayBeLeft && !right;
    boolean posterior = r.chance(0.15);
    boolean incomplete =
        r.chance(0.3)
            && !findings.isEmpty()
            && findings.stream().allMatch(EcgStateSampler::leavesQrsAlone);
    Territory injured = Territory.values()[r.below(3)];
    Territory ischaemic = Territory.values()[r.below(3)];
    double form = r.next();
    double qtc = r.range(372, 430);
    double longQtc = r.range(488, 575);
    double voltage = r.range(0.26, 0.4);
    double alternans = r.chance(0.55) ? r.range(0.12, 0.38) : 0;
    return new EcgShape(
        restingAxis,
        rightAxis,
        leftAxis,
        mildLeft,
        leftward,
        findings.contains(Finding.FASCICULAR_BLOCK) && (right || posterior),
        incomplete,
        old,
        injured,
        ischaemic,
        form < 0.7,
        form > 0.35,
        qtc,
        longQtc,
        voltage,
        alternans);
  }

  private static boolean leavesQrsAlone(Finding f) {
    return switch (f) {
      case ATRIAL_FIBRILLATION,
          SINUS_BRADYCARDIA,
          SINUS_TACHYCARDIA,
          FIRST_DEGREE_AV_BLOCK,
          ATRIAL_PREMATURE_BEATS,
          VENTRICULAR_PREMATURE_BEATS,
          LONG_QT ->
          true;
      default -> false;
    };
  }

  private static EcgTechnical technical(SimRandom r, Set<Finding> findings) {
    boolean limb = r.chance(0.02);
    boolean open = r.chance(0.03);
    int first = r.below(6);
    int mask = 1 << first;
    if (r.chance(0.4)) {
      mask |= 1 << ((first + 1) % 6);
    }
    for (Finding f : findings) {
      limb &= !FORM_OF_LIMB_LEADS.contains(f);
    }
    return new EcgTechnical(limb, open ? mask : 0);
  }
}
