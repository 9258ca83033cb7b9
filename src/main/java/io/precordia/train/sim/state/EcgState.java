package io.precordia.train.sim.state;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the ECG shows: a consistent set of findings, and the traits that say how each would look.
 * Every trait is always drawn, so that taking a finding away leaves all else as it was.
 *
 * @param findings the labels; no two of them contradict each other
 * @param timing rates and intervals
 * @param shape axis, territories, degrees
 * @param technical faults of the recording
 */
public record EcgState(
    Set<Finding> findings, EcgTiming timing, EcgShape shape, EcgTechnical technical) {

  /** What drives the ventricles. */
  public enum Rhythm {
    SINUS,
    ATRIAL_FIBRILLATION,
    ATRIAL_FLUTTER,
    SECOND_DEGREE_AV_BLOCK,
    COMPLETE_AV_BLOCK,
    PACED
  }

  /** Kind of AV block beyond the first degree. */
  public enum AvBlock {
    /** PR grows until a beat drops. */
    WENCKEBACH,
    /** Fixed PR, now and then a dropped beat. */
    MOBITZ,
    /** Every second P wave conducted. */
    TWO_TO_ONE,
    /** P waves and escape rhythm independent. */
    COMPLETE
  }

  /** Intraventricular conduction. */
  public enum Conduction {
    NORMAL,
    LEFT_BUNDLE_BRANCH_BLOCK,
    RIGHT_BUNDLE_BRANCH_BLOCK,
    INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK,
    PRE_EXCITED,
    PACED
  }

  /** Class of the frontal QRS axis: left from -30, right from +95 degrees. */
  public enum AxisClass {
    NORMAL,
    LEFT,
    RIGHT
  }

  /** Coronary territory. */
  public enum Territory {
    ANTERIOR("anterior", "V1 to V4"),
    INFERIOR("inferior", "II, III and aVF"),
    LATERAL("lateral", "I, aVL, V5 and V6");

    private final String word;
    private final String leads;

    Territory(String word, String leads) {
      this.word = word;
      this.leads = leads;
    }

    public String word() {
      return word;
    }

    public String leads() {
      return leads;
    }
  }

  public EcgState {
    EnumSet<Finding> copy = EnumSet.noneOf(Finding.class);
    copy.addAll(findings);
    findings = Collections.unmodifiableSet(copy);
  }

  public boolean has(Finding finding) {
    return findings.contains(finding);
  }

  public Rhythm rhythm() {
    if (has(Finding.PACED_RHYTHM)) {
      return Rhythm.PACED;
    }
    if (has(Finding.ATRIAL_FIBRILLATION)) {
      return Rhythm.ATRIAL_FIBRILLATION;
    }
    if (has(Finding.ATRIAL_FLUTTER)) {
      return Rhythm.ATRIAL_FLUTTER;
    }
    if (has(Finding.HIGHER_DEGREE_AV_BLOCK)) {
      return timing.avBlock() == AvBlock.COMPLETE
          ? Rhythm.COMPLETE_AV_BLOCK
          : Rhythm.SECOND_DEGREE_AV_BLOCK;
    }
    return Rhythm.SINUS;
  }

  public Conduction conduction() {
    if (has(Finding.PACED_RHYTHM)) {
      return Conduction.PACED;
    }
    if (has(Finding.PRE_EXCITATION)) {
      return Conduction.PRE_EXCITED;
    }
    if (has(Finding.LEFT_BUNDLE_BRANCH_BLOCK)) {
      return Conduction.LEFT_BUNDLE_BRANCH_BLOCK;
    }
    if (has(Finding.RIGHT_BUNDLE_BRANCH_BLOCK)) {
      return Conduction.RIGHT_BUNDLE_BRANCH_BLOCK;
    }
    return shape.incompleteRight()
        ? Conduction.INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK
        : Conduction.NORMAL;
  }

  /** Mean ventricular rate aimed at, 28 to 190 beats per minute. */
  public double rateBpm() {
    return switch (rhythm()) {
      case PACED -> timing.pacedRate();
      case ATRIAL_FIBRILLATION -> timing.fibrillationRate();
      case ATRIAL_FLUTTER -> timing.flutterRate() / timing.flutterRatio();
      case COMPLETE_AV_BLOCK -> timing.escapeRate();
      case SECOND_DEGREE_AV_BLOCK -> timing.atrialRate() * timing.conductedShare();
      case SINUS ->
          has(Finding.SINUS_BRADYCARDIA)
              ? timing.slowRate()
              : has(Finding.SINUS_TACHYCARDIA) ? timing.fastRate() : timing.restRate();
    };
  }

  /** PR interval in milliseconds, NaN where there is no constant one. */
  public double prMs() {
    return switch (rhythm()) {
      case SINUS ->
          has(Finding.PRE_EXCITATION)
              ? timing.shortPrMs()
              : has(Finding.FIRST_DEGREE_AV_BLOCK) ? timing.longPrMs() : timing.prMs();
      case SECOND_DEGREE_AV_BLOCK ->
          timing.avBlock() == AvBlock.WENCKEBACH ? Double.NaN : timing.prMs();
      default -> Double.NaN;
    };
  }

  /** Left ventricular hypertrophy with strain. */
  public boolean hypertrophy() {
    return has(Finding.LEFT_VENTRICULAR_HYPERTROPHY);
  }

  /** Territory of acute ST elevation, or null. */
  public @Nullable Territory stElevation() {
    return has(Finding.ST_ELEVATION) ? shape.stElevation() : null;
  }

  /** Territory of pathological Q waves, or null. */
  public @Nullable Territory oldInfarction() {
    return has(Finding.OLD_INFARCTION) ? shape.oldInfarction() : null;
  }

  /** Territory of ischaemic ST depression or T inversion, or null. */
  public @Nullable Territory ischaemia() {
    return has(Finding.ISCHAEMIA) ? shape.ischaemia() : null;
  }

  /** Ventricular premature beats within the ten seconds. */
  public int ectopicBeats() {
    return has(Finding.VENTRICULAR_PREMATURE_BEATS) ? timing.ventricularBeats() : 0;
  }

  /** Atrial premature beats within the ten seconds. */
  public int atrialBeats() {
    return has(Finding.ATRIAL_PREMATURE_BEATS) ? timing.atrialBeats() : 0;
  }

  /** Whether the escape rhythm of a complete block comes from the ventricle. */
  public boolean broadEscape() {
    return rhythm() == Rhythm.COMPLETE_AV_BLOCK && timing.broadEscape() && shape.narrow(findings);
  }

  public AxisClass axisClass() {
    if (has(Finding.RIGHT_AXIS_DEVIATION)) {
      return AxisClass.RIGHT;
    }
    boolean left =
        (has(Finding.FASCICULAR_BLOCK) && !shape.leftPosterior())
            || has(Finding.PACED_RHYTHM)
            || shape.leftward();
    return left ? AxisClass.LEFT : AxisClass.NORMAL;
  }

  /** The same patient without one ECG finding, everything else unchanged. */
  EcgState without(Finding finding) {
    EnumSet<Finding> rest = EnumSet.noneOf(Finding.class);
    rest.addAll(findings);
    rest.remove(finding);
    return new EcgState(rest, timing, shape, technical);
  }
}
