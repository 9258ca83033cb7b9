package io.precordia.train.sim.text;

import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.text.Measure;
import io.precordia.train.text.Particulars;
import java.util.ArrayList;
import java.util.List;

/** Sentences of the ECG. */
final class EcgWording {
  private final EcgState e;
  private final Measurements m;
  private final Wording w;
  private Particulars said = Particulars.NONE;

  EcgWording(EcgState state, Measurements measurements, Wording wording) {
    this.e = state;
    this.m = measurements;
    this.w = wording;
  }

  /** Numbers that {@link #findings} has stated; call it first. */
  Particulars said() {
    return said;
  }

  String findings() {
    List<String> out = new ArrayList<>();
    String rate = Math.round(m.ventricularRateBpm()) + w.one(" bpm", " beats per minute", "/min");
    said = said.with(Measure.VENTRICULAR_RATE, m.ventricularRateBpm());
    boolean sinus = e.rhythm() == Rhythm.SINUS;
    if (sinus) {
      out.add(
          w.one(
              rhythm() + " at " + rate,
              rhythm() + ", rate " + rate,
              rhythm() + ", ventricular rate " + rate));
    } else {
      out.add(
          w.one(
              "atrial fibrillation with a ventricular rate of " + rate,
              "irregularly irregular rhythm with absent P waves, atrial fibrillation, rate " + rate,
              "atrial fibrillation, mean ventricular rate " + rate));
    }
    if (sinus && e.prMs() > 200) {
      out.add(
          w.one(
              "first-degree AV block, PR " + Math.round(e.prMs()) + " ms",
              "prolonged PR interval of " + Math.round(e.prMs()) + " ms, first-degree AV block"));
    }
    conduction(out);
    if (e.hypertrophy()) {
      out.add(
          w.one(
              "voltage criteria for left ventricular hypertrophy with lateral strain pattern",
              "left ventricular hypertrophy with repolarisation changes",
              "high left precordial voltage with ST depression and T inversion, left ventricular hypertrophy with strain"));
    }
    elevation(out);
    if (e.ectopicBeats() > 0) {
      String number = e.ectopicBeats() == 1 ? "one" : e.ectopicBeats() == 2 ? "two" : "three";
      out.add(
          e.ectopicBeats() == 1
              ? w.one(
                  "one ventricular premature beat",
                  "a single premature ventricular complex",
                  "ventricular extrasystole")
              : w.one(
                  number + " ventricular premature beats",
                  "premature ventricular complexes",
                  "occasional ventricular extrasystoles"));
    }
    if (e.conduction() == Conduction.NORMAL && w.chance(0.35)) {
      out.add(
          w.one(
              "QRS duration " + Math.round(m.qrsMs()) + " ms",
              "normal QRS duration",
              "narrow QRS complexes"));
    }
    if (e.stElevation() == null
        && e.conduction() == Conduction.NORMAL
        && !e.hypertrophy()
        && w.chance(0.5)) {
      out.add(
          w.one(
              "no ST elevation",
              "no acute ST changes",
              "no ST segment abnormality",
              "normal ST segments"));
    }
    if (w.chance(0.25)) {
      out.add("QTc " + Math.round(m.qtcMs()) + " ms");
    }
    return Wording.paragraph(out);
  }

  private String rhythm() {
    if (e.rateBpm() < 60) {
      return "sinus bradycardia";
    }
    return e.rateBpm() > 100
        ? "sinus tachycardia"
        : w.one("sinus rhythm", "normal sinus rhythm", "sinus rhythm");
  }

  private void conduction(List<String> out) {
    String qrs = String.valueOf(Math.round(m.qrsMs()));
    switch (e.conduction()) {
      case LEFT_BUNDLE_BRANCH_BLOCK ->
          out.add(
              w.one(
                  "left bundle branch block, QRS " + qrs + " ms",
                  "complete left bundle branch block",
                  "broad QRS of " + qrs + " ms with left bundle branch block",
                  "LBBB, left bundle branch block pattern"));
      case RIGHT_BUNDLE_BRANCH_BLOCK ->
          out.add(
              w.one(
                  "right bundle branch block, QRS " + qrs + " ms",
                  "complete right bundle branch block",
                  "rSR' in V1 with wide S waves in I and V6, right bundle branch block",
                  "RBBB, right bundle branch block pattern"));
      case NORMAL -> {
        // Said, if at all, by the QRS sentence.
      }
    }
  }

  private void elevation(List<String> out) {
    Territory t = e.stElevation();
    if (t == null) {
      return;
    }
    String reciprocal =
        switch (t) {
          case ANTERIOR -> "";
          case INFERIOR -> w.one("", " with reciprocal depression in aVL");
          case LATERAL -> w.one("", " with reciprocal depression in III");
        };
    out.add(
        w.one(
            "ST elevation in " + t.leads() + reciprocal,
            t.word() + " ST elevation in " + t.leads() + reciprocal,
            t.word() + " ST elevation, consistent with acute myocardial infarction"));
  }

  String impression() {
    List<String> out = new ArrayList<>();
    if (e.rhythm() == Rhythm.ATRIAL_FIBRILLATION) {
      out.add("atrial fibrillation");
    } else if (e.rateBpm() < 60 || e.rateBpm() > 100) {
      out.add(rhythm());
    }
    if (e.rhythm() == Rhythm.SINUS && e.prMs() > 200) {
      out.add(w.one("first-degree AV block", "first degree atrioventricular block"));
    }
    if (e.conduction() == Conduction.LEFT_BUNDLE_BRANCH_BLOCK) {
      out.add("left bundle branch block");
    } else if (e.conduction() == Conduction.RIGHT_BUNDLE_BRANCH_BLOCK) {
      out.add("right bundle branch block");
    }
    if (e.hypertrophy()) {
      out.add("left ventricular hypertrophy");
    }
    Territory t = e.stElevation();
    if (t != null) {
      out.add(w.one(t.word() + " ST elevation", "ST elevation myocardial infarction, " + t.word()));
    }
    if (e.ectopicBeats() > 0) {
      out.add(
          w.one(
              "ventricular premature beats",
              "ventricular extrasystoles",
              "premature ventricular complexes"));
    }
    if (out.isEmpty()) {
      return Wording.sentence(
          w.one(
              "normal ECG",
              "normal electrocardiogram",
              "sinus rhythm, normal ECG",
              "ECG within normal limits"));
    }
    return w.chance(0.4) ? Wording.sentence(Wording.list(out, "and")) : Wording.paragraph(out);
  }
}
