package io.precordia.train.sim.text;

import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.List;

/** Full English phrases of a reading physician. */
final class EcgProse implements EcgPhrases {
  private final EcgState e;
  private final Wording w;

  EcgProse(EcgState state, Wording wording) {
    this.e = state;
    this.w = wording;
  }

  @Override
  public String sinus() {
    return w.one("sinus rhythm", "normal sinus rhythm", "regular sinus rhythm", "sinus rhythm");
  }

  @Override
  public String finding(Finding f) {
    return switch (f) {
      case ATRIAL_FIBRILLATION ->
          e.has(Finding.PACED_RHYTHM)
              ? w.one("underlying atrial fibrillation", "atrial fibrillation between pacing")
              : w.one(
                  "atrial fibrillation",
                  "irregularly irregular rhythm with absent P waves, atrial fibrillation",
                  "atrial fibrillation with fibrillatory waves in V1",
                  "the rhythm is atrial fibrillation");
      case ATRIAL_FLUTTER -> {
        String ratio = ratio(" conduction", " block");
        yield w.one(
            "atrial flutter with " + ratio,
            "typical atrial flutter, saw-tooth waves in II, III and aVF, " + ratio,
            "atrial flutter" + w.one("", " with negative flutter waves in the inferior leads"));
      }
      case HIGHER_DEGREE_AV_BLOCK -> avBlock();
      case PACED_RHYTHM ->
          e.timing().dualChamber() && !e.has(Finding.ATRIAL_FIBRILLATION)
              ? w.one(
                  "dual-chamber paced rhythm",
                  "atrioventricular sequential paced rhythm",
                  "paced rhythm with ventricular capture after each P wave")
              : w.one(
                  "ventricular paced rhythm",
                  "pacing spikes followed by broad QRS complexes, ventricular paced rhythm",
                  "ventricular pacing with consistent capture");
      case FIRST_DEGREE_AV_BLOCK ->
          w.one(
              "first-degree AV block",
              "prolonged PR interval, first-degree AV block",
              "first degree atrioventricular block");
      case LEFT_BUNDLE_BRANCH_BLOCK ->
          w.one(
              "left bundle branch block",
              "complete left bundle branch block",
              "broad QRS with left bundle branch block",
              "LBBB, left bundle branch block pattern",
              "broad notched R in the lateral leads and deep S in V1, left bundle branch block");
      case RIGHT_BUNDLE_BRANCH_BLOCK ->
          w.one(
              "right bundle branch block",
              "complete right bundle branch block",
              "rSR' in V1 with wide S waves in I and V6, right bundle branch block",
              "RBBB, right bundle branch block pattern");
      case FASCICULAR_BLOCK ->
          e.shape().leftPosterior()
              ? w.one("left posterior fascicular block", "left posterior hemiblock")
              : w.one(
                  "left anterior fascicular block",
                  "left anterior hemiblock",
                  "marked left axis with small R in the inferior leads, left anterior fascicular block");
      case PRE_EXCITATION ->
          w.one(
              "short PR interval with delta waves, Wolff-Parkinson-White pattern",
              "ventricular pre-excitation",
              "delta wave with a short PR interval, consistent with pre-excitation");
      case LEFT_VENTRICULAR_HYPERTROPHY ->
          w.one(
              "voltage criteria for left ventricular hypertrophy with lateral strain pattern",
              "left ventricular hypertrophy with repolarisation changes",
              "high left precordial voltage, left ventricular hypertrophy with strain",
              "probable left ventricular hypertrophy with secondary ST-T changes");
      case RIGHT_VENTRICULAR_HYPERTROPHY ->
          w.one(
              "dominant R wave in V1 with strain in V1 to V3, right ventricular hypertrophy",
              "right ventricular hypertrophy with right precordial strain",
              "tall R in V1 suggesting right ventricular hypertrophy");
      case RIGHT_AXIS_DEVIATION ->
          w.one(
              "right axis deviation", "the QRS axis is shifted to the right, right axis deviation");
      case OLD_INFARCTION -> {
        Territory t = e.shape().oldInfarction();
        yield w.one(
            "pathological Q waves in " + t.leads() + ", old " + t.word() + " infarction",
            "old " + t.word() + " myocardial infarction",
            "Q waves in " + t.leads(),
            "Q waves in " + t.leads() + ", likely old " + t.word() + " infarct");
      }
      case ST_ELEVATION -> elevation();
      case ISCHAEMIA -> ischaemia();
      case PERICARDITIS ->
          w.one(
              "diffuse ST elevation with PR depression, consistent with pericarditis",
              "widespread ST elevation in keeping with acute pericarditis",
              "diffuse concave ST elevation suggesting pericarditis");
      case HYPERKALAEMIA ->
          w.one(
              "tall peaked T waves with broad QRS and flat P waves, suggesting hyperkalaemia",
              "peaked T waves, consistent with hyperkalaemia",
              "tented T waves and QRS widening, consider hyperkalaemia");
      case LONG_QT ->
          w.one("prolonged QT interval", "long QT interval", "the QT interval is prolonged");
      case LOW_VOLTAGE ->
          (e.shape().alternans() > 0 && w.chance(0.7)
                  ? "low QRS voltage with electrical alternans"
                  : w.one(
                      "low QRS voltage", "generalised low voltage", "low voltage QRS complexes"))
              + w.one("", " in limb and chest leads");
      case VENTRICULAR_PREMATURE_BEATS ->
          e.ectopicBeats() == 1
              ? w.one(
                  "one ventricular premature beat",
                  "a single premature ventricular complex",
                  "ventricular extrasystole")
              : w.one(
                  "ventricular premature beats",
                  "premature ventricular complexes",
                  "occasional ventricular extrasystoles");
      case ATRIAL_PREMATURE_BEATS ->
          e.atrialBeats() == 1
              ? w.one("one atrial premature beat", "a premature atrial complex")
              : w.one(
                  "atrial premature beats",
                  "premature atrial complexes",
                  "occasional supraventricular extrasystoles");
      case SINUS_BRADYCARDIA -> w.one("sinus bradycardia", "slow sinus rhythm, sinus bradycardia");
      case SINUS_TACHYCARDIA -> w.one("sinus tachycardia", "fast sinus rhythm, sinus tachycardia");
      default -> throw new IllegalArgumentException("not an ECG finding: " + f);
    };
  }

  private String ratio(String conduction, String block) {
    return e.timing().flutterVariable()
        ? "variable" + w.one(conduction, block)
        : (int) e.timing().flutterRatio() + ":1" + w.one(conduction, block);
  }

  private String avBlock() {
    return switch (e.timing().avBlock()) {
      case WENCKEBACH ->
          w.one(
              "second-degree AV block, Wenckebach type",
              "Mobitz type I second-degree AV block with progressive PR prolongation",
              "sinus rhythm with Wenckebach second-degree AV block");
      case MOBITZ ->
          w.one(
              "second-degree AV block, Mobitz type II",
              "Mobitz II second-degree AV block with intermittent dropped beats");
      case TWO_TO_ONE ->
          w.one(
              "second-degree AV block with 2:1 conduction",
              "2:1 AV block, every second P wave blocked");
      case COMPLETE -> {
        String escape = e.broadEscape() ? "ventricular" : "junctional";
        yield w.one(
            "complete AV block with " + escape + " escape rhythm",
            "third-degree AV block with AV dissociation",
            "complete heart block, P waves and QRS complexes independent");
      }
    };
  }

  private String elevation() {
    Territory t = e.shape().stElevation();
    String reciprocal =
        switch (t) {
          case ANTERIOR -> "";
          case INFERIOR -> w.one("", " with reciprocal depression in aVL");
          case LATERAL -> w.one("", " with reciprocal depression in III");
        };
    return w.one(
        "ST elevation in " + t.leads() + reciprocal,
        t.word() + " ST elevation in " + t.leads() + reciprocal,
        t.word() + " ST elevation, consistent with acute myocardial infarction",
        "acute " + t.word() + " ST elevation" + reciprocal);
  }

  private String ischaemia() {
    Territory t = e.shape().ischaemia();
    String what =
        e.shape().depression() && e.shape().inversion()
            ? "ST depression and T wave inversion"
            : e.shape().depression() ? "ST depression" : "T wave inversion";
    return w.one(
        what + " in " + t.leads() + ", suggesting ischaemia",
        t.word() + " " + what + ", consistent with myocardial ischemia",
        "ischaemic " + what + " in " + t.leads());
  }

  @Override
  public String impression(Finding f) {
    return switch (f) {
      case FIRST_DEGREE_AV_BLOCK ->
          w.one("first-degree AV block", "first degree atrioventricular block");
      case LEFT_BUNDLE_BRANCH_BLOCK -> "left bundle branch block";
      case RIGHT_BUNDLE_BRANCH_BLOCK -> "right bundle branch block";
      case LEFT_VENTRICULAR_HYPERTROPHY -> "left ventricular hypertrophy";
      case RIGHT_VENTRICULAR_HYPERTROPHY -> "right ventricular hypertrophy";
      case ATRIAL_FIBRILLATION -> "atrial fibrillation";
      case ATRIAL_FLUTTER -> "atrial flutter";
      case PRE_EXCITATION -> w.one("Wolff-Parkinson-White pattern", "ventricular pre-excitation");
      case RIGHT_AXIS_DEVIATION -> "right axis deviation";
      case OLD_INFARCTION ->
          w.one("old ", "probable old ") + e.shape().oldInfarction().word() + " infarction";
      case ST_ELEVATION ->
          w.one(
              e.shape().stElevation().word() + " ST elevation",
              "ST elevation myocardial infarction, " + e.shape().stElevation().word());
      case ISCHAEMIA -> e.shape().ischaemia().word() + w.one(" ischaemia", " ischemia");
      case PERICARDITIS -> w.one("acute pericarditis", "pericarditis", "likely pericarditis");
      case HYPERKALAEMIA -> w.one("changes of hyperkalaemia", "suspected hyperkalaemia");
      case LONG_QT -> "prolonged QT interval";
      case LOW_VOLTAGE -> "low QRS voltage";
      case SINUS_BRADYCARDIA -> "sinus bradycardia";
      case SINUS_TACHYCARDIA -> "sinus tachycardia";
      default -> finding(f);
    };
  }

  @Override
  public String leftAxis() {
    return w.one("left axis deviation", "the QRS axis is deviated to the left");
  }

  @Override
  public String normalAxis(double degrees) {
    return w.one("normal axis", "normal QRS axis", "the axis is normal");
  }

  @Override
  public String incompleteRightBlock() {
    return w.one("incomplete right bundle branch block", "rSr' in V1, incomplete RBBB");
  }

  @Override
  public String armReversal() {
    return w.one(
        "limb lead reversal",
        "suspected arm electrode reversal",
        "right and left arm leads reversed");
  }

  @Override
  public String openLead(int number) {
    return w.one(
        "lead V" + number + " missing", "lead V" + number + " off", "V" + number + " missing");
  }

  @Override
  public List<String> negatives() {
    EcgAbsence a = new EcgAbsence(e);
    List<String> out = new ArrayList<>();
    add(out, a.stElevation(), "no ST elevation", "no ST segment elevation");
    add(out, a.stChange(), "no acute ST changes", "normal ST segments", "no ST-T abnormality");
    add(out, a.qWaves(), "no pathological Q waves", "no evidence of old infarction");
    add(out, a.hypertrophy(), "no ventricular hypertrophy", "no sign of hypertrophy");
    add(out, a.prematureBeats(), "no ectopic beats", "no extrasystoles");
    add(out, a.avBlock(), "no AV block", "normal atrioventricular conduction");
    add(
        out,
        a.block() && e.conduction() == Conduction.NORMAL,
        "narrow QRS complexes",
        "no bundle branch block");
    add(out, a.preExcitation(), "no pre-excitation", "no delta wave");
    return out;
  }

  private void add(List<String> out, boolean holds, String... phrases) {
    if (holds) {
      out.add(w.one(phrases));
    }
  }

  @Override
  public String normal() {
    return w.one(
        "normal ECG",
        "normal electrocardiogram",
        "normal ECG, no abnormality",
        "ECG within normal limits",
        "unremarkable ECG");
  }

  @Override
  public String comparison() {
    return w.one(
        "unchanged from the previous tracing",
        "no significant change from the prior ECG",
        "similar to the previous recording",
        "the previous tracing is not available");
  }
}
