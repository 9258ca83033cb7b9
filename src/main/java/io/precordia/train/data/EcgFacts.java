package io.precordia.train.data;

import io.precordia.study.Modality;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.AvBlock;
import io.precordia.train.sim.state.EcgState.AxisClass;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.text.Fact;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.Knowledge;
import io.precordia.train.text.Measure;
import io.precordia.train.text.Particulars;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of a simulated ECG, coded as readers of PTB-XL code: a finding implies its
 * superclass; what readers may or may not add to it stays undecided.
 */
final class EcgFacts {
  /** Facts besides the findings whose absence the simulator knows. */
  private static final Set<String> SIMULATED =
      Set.of(
          "myocardial-infarction",
          "st-t-change",
          "conduction-disturbance",
          "hypertrophy",
          "sinus-rhythm",
          "supraventricular-arrhythmia",
          "incomplete-left-bundle-branch-block",
          "incomplete-right-bundle-branch-block",
          "intraventricular-conduction-delay",
          "left-axis-deviation",
          "anterior-infarction",
          "inferior-infarction",
          "lateral-infarction",
          "st-elevation-anterior",
          "st-elevation-inferior",
          "st-elevation-lateral",
          "st-depression",
          "t-wave-change",
          "prolonged-pr",
          "bigeminy",
          "digitalis-effect");

  private static final Set<Finding> RATE_ALONE =
      Set.of(Finding.SINUS_BRADYCARDIA, Finding.SINUS_TACHYCARDIA);

  private final FactVocabulary facts;

  EcgFacts(FactVocabulary facts) {
    this.facts = facts;
  }

  Knowledge of(EcgState e, Measurements m) {
    BitSet present = present(e);
    BitSet undecided = new BitSet();
    undecided(e, undecided);
    boolean normal = present.get(facts.get("normal-ecg").index());
    BitSet absent = new BitSet();
    for (Fact fact : facts.of(Modality.ECG)) {
      boolean decided = fact.normal() || SIMULATED.contains(fact.id()) || finding(fact.id());
      if (!present.get(fact.index())
          && !undecided.get(fact.index())
          && (decided || (normal && !fact.id().equals("sinus-arrhythmia")))) {
        absent.set(fact.index());
      }
    }
    return new Knowledge(present, absent, particulars(e, m));
  }

  private static Particulars particulars(EcgState e, Measurements m) {
    return Particulars.NONE
        .with(Measure.VENTRICULAR_RATE, m.ventricularRateBpm())
        .with(Measure.PR_INTERVAL, m.prMs())
        .with(Measure.QRS_DURATION, m.qrsMs())
        .with(Measure.QTC_INTERVAL, m.qtcMs())
        .with(Measure.QRS_AXIS, e.technical().armReversal() ? Double.NaN : m.axisDegrees());
  }

  private BitSet present(EcgState e) {
    BitSet out = new BitSet();
    for (Finding finding : e.findings()) {
      set(out, finding.id());
    }
    if (e.rhythm() == Rhythm.SINUS || e.rhythm() == Rhythm.SECOND_DEGREE_AV_BLOCK) {
      set(out, "sinus-rhythm");
    }
    Territory acute = e.stElevation();
    if (acute != null) {
      set(out, "st-elevation-" + acute.word());
      set(out, acute.word() + "-infarction");
    }
    Territory old = e.oldInfarction();
    if (old != null) {
      set(out, old.word() + "-infarction");
    }
    if (e.axisClass() == AxisClass.LEFT && e.rhythm() != Rhythm.PACED) {
      set(out, "left-axis-deviation");
    }
    if (e.conduction() == Conduction.INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK) {
      set(out, "incomplete-right-bundle-branch-block");
    }
    if (e.has(Finding.FIRST_DEGREE_AV_BLOCK)) {
      set(out, "prolonged-pr");
    }
    if (e.has(Finding.PERICARDITIS) || e.has(Finding.HYPERKALAEMIA)) {
      set(out, "st-t-change");
    }
    if (e.findings().isEmpty()
        && e.axisClass() == AxisClass.NORMAL
        && !e.technical().armReversal()) {
      set(out, "normal-ecg");
    }
    return out;
  }

  /** Sets the fact and the broader ones that it implies. */
  private void set(BitSet bits, String id) {
    Fact fact = facts.get(id);
    bits.set(fact.index());
    for (String parent : fact.parents()) {
      bits.set(facts.get(parent).index());
    }
  }

  private void undecided(EcgState e, BitSet out) {
    if (e.technical().armReversal()) {
      // A wrong tracing of a healthy heart is neither normal nor diseased.
      open(out, "normal-ecg", "left-axis-deviation", "lateral-infarction", "myocardial-infarction");
      open(out, "right-axis-deviation", "t-wave-change", "q-waves", "st-t-change");
    }
    switch (e.conduction()) {
      case PRE_EXCITED, PACED -> secondary(out);
      case LEFT_BUNDLE_BRANCH_BLOCK -> {
        secondary(out);
        // The block itself and the axis of the whole complex are plain to see.
        decided(out, "right-bundle-branch-block", "left-axis-deviation", "right-axis-deviation");
      }
      case RIGHT_BUNDLE_BRANCH_BLOCK -> {
        open(out, "st-t-change", "t-wave-change", "st-depression");
        open(out, "intraventricular-conduction-delay");
      }
      case INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK -> open(out, "t-wave-change");
      case NORMAL -> {
        // Nothing follows from it.
      }
    }
    if (RATE_ALONE.containsAll(e.findings())) {
      // Many readers call a slow or fast but otherwise normal ECG normal.
      open(out, "normal-ecg");
    }
    rhythm(e, out);
    for (Finding f : e.findings()) {
      switch (f) {
        case LEFT_VENTRICULAR_HYPERTROPHY, RIGHT_VENTRICULAR_HYPERTROPHY ->
            open(
                out,
                "st-t-change",
                "t-wave-change",
                "st-depression",
                "ischaemic-st-t",
                "voltage-criteria-lvh");
        case FASCICULAR_BLOCK -> open(out, "intraventricular-conduction-delay");
        case OLD_INFARCTION -> open(out, "st-t-change", "t-wave-change", "ischaemic-st-t");
        case ST_ELEVATION ->
            open(out, "st-t-change", "t-wave-change", "st-depression", "ischaemic-st-t", "q-waves");
        case ISCHAEMIA -> open(out, "st-depression", "t-wave-change");
        case PERICARDITIS ->
            open(
                out,
                "st-elevation",
                "t-wave-change",
                "st-elevation-anterior",
                "st-elevation-inferior",
                "st-elevation-lateral");
        case HYPERKALAEMIA ->
            open(
                out,
                "t-wave-change",
                "conduction-disturbance",
                "intraventricular-conduction-delay");
        case LONG_QT -> open(out, "t-wave-change");
        case LOW_VOLTAGE -> open(out, "st-t-change", "t-wave-change");
        case ATRIAL_FIBRILLATION, ATRIAL_FLUTTER ->
            open(out, "supraventricular-arrhythmia", "st-depression");
        case ATRIAL_PREMATURE_BEATS, VENTRICULAR_PREMATURE_BEATS ->
            open(out, "bigeminy", "supraventricular-arrhythmia");
        default -> {
          // Nothing follows from it.
        }
      }
    }
  }

  private void rhythm(EcgState e, BitSet out) {
    if (e.rhythm() == Rhythm.PACED) {
      open(out, "sinus-rhythm", "higher-degree-av-block", "sinus-bradycardia");
      open(out, "first-degree-av-block", "prolonged-pr");
    }
    if (e.rhythm() == Rhythm.ATRIAL_FLUTTER) {
      // The saw-tooth hides ST and T.
      open(out, "st-t-change", "t-wave-change", "higher-degree-av-block");
    }
    if (e.rhythm() == Rhythm.COMPLETE_AV_BLOCK) {
      open(out, "sinus-rhythm", "sinus-bradycardia");
    }
    if (e.rhythm() == Rhythm.SECOND_DEGREE_AV_BLOCK) {
      open(out, "sinus-bradycardia", "prolonged-pr");
      if (e.timing().avBlock() == AvBlock.WENCKEBACH) {
        open(out, "first-degree-av-block");
      }
    }
    if (e.broadEscape()) {
      secondary(out);
    }
  }

  /** Abnormal activation: shape, repolarisation and Q waves cannot be read. */
  private void secondary(BitSet out) {
    for (String id :
        List.of(
            "st-t-change",
            "t-wave-change",
            "st-depression",
            "st-elevation",
            "st-elevation-anterior",
            "st-elevation-inferior",
            "st-elevation-lateral",
            "ischaemic-st-t",
            "hypertrophy",
            "left-ventricular-hypertrophy",
            "q-waves",
            "myocardial-infarction",
            "anterior-infarction",
            "inferior-infarction",
            "lateral-infarction",
            "left-axis-deviation",
            "right-axis-deviation",
            "left-bundle-branch-block",
            "right-bundle-branch-block",
            "incomplete-left-bundle-branch-block",
            "intraventricular-conduction-delay",
            "conduction-disturbance",
            "fascicular-block",
            "long-qt")) {
      open(out, id);
    }
  }

  private void decided(BitSet bits, String... ids) {
    for (String id : ids) {
      bits.clear(facts.get(id).index());
    }
  }

  private void open(BitSet bits, String... ids) {
    for (String id : ids) {
      bits.set(facts.get(id).index());
    }
  }

  private static boolean finding(String id) {
    for (Finding f : Finding.values()) {
      if (f.id().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
