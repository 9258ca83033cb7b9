package io.precordia.train.sim.text;

import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.text.Measure;
import io.precordia.train.text.Particulars;
import java.util.ArrayList;
import java.util.List;

/** States measurements and keeps account of which numbers were stated. */
final class EcgNumbers {
  private final EcgState e;
  private final Measurements m;
  private final Wording w;
  private Particulars said = Particulars.NONE;

  EcgNumbers(EcgState state, Measurements measurements, Wording wording) {
    this.e = state;
    this.m = measurements;
    this.w = wording;
  }

  Particulars said() {
    return said;
  }

  private String state(Measure measure, double value) {
    long rounded = Math.round(value);
    said = said.with(measure, rounded);
    return String.valueOf(rounded);
  }

  private boolean pr() {
    return !Double.isNaN(e.prMs()) && !Double.isNaN(m.prMs());
  }

  /** The axis of exchanged electrodes is not the patient's. */
  private boolean axis() {
    return !e.technical().armReversal();
  }

  private String pr(String before, String after) {
    return before + state(Measure.PR_INTERVAL, m.prMs()) + after;
  }

  private String qrs(String before, String after) {
    return before + state(Measure.QRS_DURATION, m.qrsMs()) + after;
  }

  private String qtc(String before, String after) {
    return before + state(Measure.QTC_INTERVAL, m.qtcMs()) + after;
  }

  private String axis(String before, String after) {
    return before + state(Measure.QRS_AXIS, m.axisDegrees()) + after;
  }

  /** What follows the name of the rhythm. */
  String rate(boolean german) {
    String rate = state(Measure.VENTRICULAR_RATE, m.ventricularRateBpm());
    return german
        ? w.one(", frequenz " + rate + "/min", " " + rate + "/min")
        : w.one(
            " at " + rate + w.one(" bpm", " beats per minute", "/min"),
            ", rate " + rate,
            ", ventricular rate " + rate + " bpm",
            " " + rate + "/min");
  }

  /** The first line of a machine read-out. */
  String machine() {
    StringBuilder out = new StringBuilder();
    String rate = state(Measure.VENTRICULAR_RATE, m.ventricularRateBpm());
    out.append(w.one("Ventr. rate ", "Vent rate ", "HR "))
        .append(rate)
        .append(w.one(" BPM", " bpm"));
    if (pr()) {
      out.append(pr(", PR ", " ms"));
    }
    out.append(qrs(", QRS ", " ms"));
    if (w.chance(0.6)) {
      out.append(", QT/QTc ").append(Math.round(m.qtMs())).append(qtc("/", " ms"));
    } else {
      out.append(qtc(", QTc ", " ms"));
    }
    if (axis()) {
      out.append(axis(w.one(", axis ", ", QRS axis "), ""));
    }
    return out.toString();
  }

  /** Some intervals in one or two sentences. */
  List<String> prose() {
    List<String> parts = new ArrayList<>();
    if (pr() && w.chance(0.65)) {
      parts.add(pr(w.one("PR interval ", "PR "), " ms"));
    }
    if (w.chance(0.65)) {
      parts.add(qrs(w.one("QRS duration ", "QRS "), " ms"));
    }
    if (w.chance(0.65)) {
      parts.add(qtc(w.one("QTc ", "corrected QT "), " ms"));
    }
    if (axis() && w.chance(0.6)) {
      parts.add(axis(w.one("axis ", "QRS axis ", "frontal axis "), w.one("", " degrees")));
    }
    if (parts.isEmpty()) {
      return parts;
    }
    return List.of(w.chance(0.5) ? Wording.list(parts, "and") : String.join(", ", parts));
  }

  /** Bare numbers. */
  List<String> telegram() {
    List<String> parts = new ArrayList<>();
    if (pr() && w.chance(0.8)) {
      parts.add(pr("PR ", ""));
    }
    if (w.chance(0.8)) {
      parts.add(qrs("QRS ", ""));
    }
    if (w.chance(0.8)) {
      parts.add(qtc("QTc ", ""));
    }
    if (axis() && w.chance(0.7)) {
      parts.add(axis("axis ", ""));
    }
    return parts.isEmpty() ? parts : List.of(String.join(", ", parts));
  }

  /** German abbreviations. */
  List<String> german() {
    List<String> parts = new ArrayList<>();
    if (pr() && w.chance(0.7)) {
      parts.add(pr("pq ", " ms"));
    }
    if (w.chance(0.7)) {
      parts.add(qrs("qrs ", " ms"));
    }
    if (w.chance(0.7)) {
      parts.add(qtc("qtc ", " ms"));
    }
    return parts.isEmpty() ? parts : List.of(String.join(", ", parts));
  }
}
