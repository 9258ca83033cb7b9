package io.precordia.train.sim.text;

import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.AxisClass;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.text.Particulars;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences of the ECG: what the state shows, in one of four manners (prose, machine read-out,
 * telegram, German), at most {@link #MOST_WORDS} words in the description.
 */
final class EcgWording {
  /** Most words of the description. */
  static final int MOST_WORDS = 70;

  /** In the order in which they are named. */
  private static final List<Finding> RHYTHMS =
      List.of(
          Finding.PACED_RHYTHM,
          Finding.ATRIAL_FIBRILLATION,
          Finding.ATRIAL_FLUTTER,
          Finding.SINUS_BRADYCARDIA,
          Finding.SINUS_TACHYCARDIA,
          Finding.HIGHER_DEGREE_AV_BLOCK);

  private enum Manner {
    PROSE,
    MACHINE,
    TELEGRAM,
    GERMAN
  }

  private final EcgState e;
  private final Measurements m;
  private final Wording w;
  private final Manner manner;
  private final EcgPhrases phrases;
  private final EcgNumbers numbers;

  EcgWording(EcgState state, Measurements measurements, Wording wording) {
    this.e = state;
    this.m = measurements;
    this.w = wording;
    this.manner =
        w.chance(0.12)
            ? Manner.GERMAN
            : w.chance(0.24) ? Manner.MACHINE : w.chance(0.2) ? Manner.TELEGRAM : Manner.PROSE;
    this.phrases =
        switch (manner) {
          case PROSE -> new EcgProse(state, wording);
          case MACHINE, TELEGRAM -> new EcgShorthand(state, wording);
          case GERMAN -> new EcgGerman(state, wording);
        };
    this.numbers = new EcgNumbers(state, measurements, wording);
  }

  /** Numbers that {@link #findings} has stated; call it first. */
  Particulars said() {
    return numbers.said();
  }

  String findings() {
    List<String> out = new ArrayList<>();
    boolean measured = w.chance(0.78);
    if (measured && manner == Manner.MACHINE) {
      out.add(numbers.machine());
    }
    rhythm(out, measured && manner != Manner.MACHINE);
    List<String> signs = signs();
    if (w.chance(0.35)) {
      w.shuffle(signs);
    }
    out.addAll(signs);
    if (measured && manner != Manner.MACHINE) {
      List<String> stated =
          switch (manner) {
            case GERMAN -> numbers.german();
            case TELEGRAM -> numbers.telegram();
            default -> numbers.prose();
          };
      out.addAll(w.chance(0.6) ? out.size() : 1, stated);
    }
    List<String> tail = new ArrayList<>();
    optional(words(String.join(" ", out)), tail);
    boolean joined = manner == Manner.GERMAN || (manner == Manner.TELEGRAM && w.chance(0.5));
    String text =
        joined
            ? Wording.sentence(String.join(w.one(", ", "; ", ". "), out))
            : Wording.paragraph(out);
    if (!tail.isEmpty()) {
      text += " " + Wording.paragraph(tail);
    }
    return w.chance(0.05) ? Typos.one(text, w) : text;
  }

  private void rhythm(List<String> out, boolean withRate) {
    String rate = withRate ? numbers.rate(manner == Manner.GERMAN) : "";
    List<String> named = new ArrayList<>();
    for (Finding f : RHYTHMS) {
      if (e.has(f)) {
        named.add(phrases.finding(f));
      }
    }
    if (named.isEmpty()) {
      named.add(phrases.sinus());
    }
    named.set(0, named.getFirst() + rate);
    out.addAll(named);
  }

  private List<String> signs() {
    List<String> out = new ArrayList<>();
    for (Finding f : e.findings()) {
      if (!RHYTHMS.contains(f)) {
        out.add(phrases.finding(f));
      }
    }
    extras(out);
    return out;
  }

  /** What is no label of its own but is always told. */
  private void extras(List<String> out) {
    boolean hemiblock = e.has(Finding.FASCICULAR_BLOCK);
    if (leftAxisTold() && (!hemiblock || w.chance(0.3))) {
      out.add(phrases.leftAxis());
    }
    if (e.conduction() == Conduction.INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK) {
      out.add(phrases.incompleteRightBlock());
    }
    if (e.technical().armReversal()) {
      out.add(phrases.armReversal());
    }
    for (int v = 1; v <= 6; v++) {
      if (e.technical().open(v)) {
        out.add(phrases.openLead(v));
      }
    }
  }

  private boolean leftAxisTold() {
    return e.axisClass() == AxisClass.LEFT
        && e.rhythm() != Rhythm.PACED
        && !e.technical().armReversal();
  }

  /** Adds what may be left out, as long as there is room beside the words there are. */
  private void optional(int words, List<String> out) {
    if (e.axisClass() == AxisClass.NORMAL
        && !e.technical().armReversal()
        && !e.broadEscape()
        && w.chance(0.4)) {
      add(words, out, phrases.normalAxis(m.axisDegrees()));
    }
    List<String> negatives = phrases.negatives();
    w.shuffle(negatives);
    int most = w.chance(0.4) ? 0 : w.chance(0.5) ? 1 : 2;
    for (int i = 0; i < Math.min(most, negatives.size()); i++) {
      add(words, out, negatives.get(i));
    }
    if (w.chance(0.08)) {
      add(words, out, phrases.comparison());
    }
  }

  private static void add(int words, List<String> out, String phrase) {
    if (words + words(String.join(" ", out)) + words(phrase) <= MOST_WORDS) {
      out.add(phrase);
    }
  }

  static int words(String text) {
    return text.isBlank() ? 0 : text.trim().split("\\s+").length;
  }

  String impression() {
    List<String> out = new ArrayList<>();
    for (Finding f : e.findings()) {
      out.add(phrases.impression(f));
    }
    extras(out);
    if (EcgPhrases.plain(e)) {
      String normal = phrases.normal();
      return Wording.sentence(
          w.chance(0.25) && out.isEmpty() ? phrases.sinus() + ", " + normal : normal);
    }
    if (out.isEmpty()) {
      out.add(phrases.sinus());
    }
    if (manner == Manner.GERMAN) {
      return Wording.sentence(String.join(", ", out));
    }
    return w.chance(0.4) ? Wording.sentence(Wording.list(out, "and")) : Wording.paragraph(out);
  }
}
