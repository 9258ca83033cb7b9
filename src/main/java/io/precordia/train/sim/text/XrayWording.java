package io.precordia.train.sim.text;

import io.precordia.study.Modality;
import io.precordia.train.sim.state.Build;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Technique;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.text.Measure;
import io.precordia.train.text.Particulars;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sentences of the radiograph. Positive sentences hold no negation; negative ones name only what is
 * absent.
 */
final class XrayWording {
  private static final Set<Finding> LUNG =
      EnumSet.of(
          Finding.CONSOLIDATION,
          Finding.PULMONARY_OEDEMA,
          Finding.NODULE,
          Finding.MASS,
          Finding.PLEURAL_EFFUSION,
          Finding.PNEUMOTHORAX,
          Finding.FIBROSIS,
          Finding.EMPHYSEMA);

  private final ChestState state;
  private final Wording w;
  private final XrayPhrases phrases;
  private final Set<Finding> found;
  private Particulars said = Particulars.NONE;

  XrayWording(ChestState state, Wording wording) {
    this.state = state;
    this.w = wording;
    this.phrases = new XrayPhrases(wording);
    this.found = state.findings(Modality.XRAY);
  }

  /** Numbers that {@link #findings} has stated; call it first. */
  Particulars said() {
    return said;
  }

  String findings() {
    List<String> out = new ArrayList<>();
    List<String> positive = new ArrayList<>();
    Set<Finding> twice = twice();
    for (XrayFinding f : state.xray()) {
      positive.add(describe(f, !twice.contains(f.label())));
    }
    w.shuffle(positive);
    boolean first = w.chance(0.8);
    if (first) {
      technique(out);
    }
    out.addAll(positive);
    if (!found.contains(Finding.CARDIOMEGALY) && !found.contains(Finding.PERICARDIAL_EFFUSION)) {
      heart(out);
    }
    anatomy(out);
    boolean clear =
        found.stream().noneMatch(LUNG::contains) && !found.contains(Finding.ATELECTASIS);
    if (clear) {
      out.add(
          w.one(
              "the lungs are clear",
              "both lungs are clear",
              "clear lungs",
              "lung fields are clear and well aerated",
              "normal lungs and pleura"));
    }
    negatives(out);
    if (w.chance(0.2)) {
      out.add(
          w.one(
              "the bones are unremarkable",
              "normal bony thorax",
              "osseous structures appear unremarkable"));
    }
    if (!first) {
      technique(out);
    }
    if (w.chance(0.06)) {
      out.add(
          w.one(
              "unchanged from the previous examination",
              "similar to the prior study",
              "comparison: none available"));
    }
    return Wording.paragraph(out);
  }

  /** Labels that occur on both sides: a size or zone would be of one of them only. */
  private Set<Finding> twice() {
    EnumSet<Finding> once = EnumSet.noneOf(Finding.class);
    EnumSet<Finding> out = EnumSet.noneOf(Finding.class);
    for (XrayFinding f : state.xray()) {
      if (!once.add(f.label())) {
        out.add(f.label());
      }
    }
    return out;
  }

  private void say(Measure measure, double value) {
    said = said.with(measure, value);
  }

  private void technique(List<String> out) {
    Technique t = state.technique();
    if (w.chance(0.9)) {
      String view = state.projection() + (t.supine() ? " supine" : "");
      out.add(
          w.one(
              view + " view of the chest",
              "frontal chest radiograph, " + view + " projection",
              "chest radiograph, " + view,
              "single " + view + " radiograph of the chest"));
      say(Measure.VIEW, StudyNumbers.view(t));
    }
    if (w.chance(0.75)) {
      long ribs = Math.round(t.posteriorRibs());
      out.add(
          w.one(
              "inspiration to " + ribs + " posterior ribs",
              ribs + " posterior ribs above the diaphragm",
              (ribs <= 8 ? "shallow inspiration" : ribs >= 10 ? "deep inspiration" : "inspiration")
                  + ", "
                  + ribs
                  + " posterior ribs"));
      say(Measure.POSTERIOR_RIBS, t.posteriorRibs());
    }
    double turned = StudyNumbers.rotation(t);
    if (w.chance(turned == 0 ? 0.4 : 0.75)) {
      out.add(
          turned == 0
              ? w.one("well centred", "the patient is not rotated", "straight positioning")
              : "the patient is rotated to the " + (turned > 0 ? "left" : "right"));
      say(Measure.ROTATION, turned);
    }
  }

  private void heart(List<String> out) {
    double ratio = state.cardiothoracicRatio();
    if (w.chance(0.7)) {
      String number = XrayPhrases.hundredths(ratio);
      out.add(
          w.one(
              "the heart size is normal, cardiothoracic ratio " + number,
              "normal cardiac silhouette, CTR " + number,
              "no cardiomegaly, cardiothoracic ratio " + number));
      say(Measure.CARDIOTHORACIC_RATIO, ratio);
    } else if (w.chance(0.7)) {
      out.add(
          w.one(
              "the heart size is normal",
              "heart size within normal limits",
              "normal cardiac silhouette",
              "the cardiomediastinal contours are normal",
              "no cardiomegaly",
              "the heart is not enlarged"));
    }
  }

  private void anatomy(List<String> out) {
    double aorta = state.build().aorta();
    if (aorta > Build.UNFOLDED && w.chance(0.75)) {
      out.add(
          w.one(
              "unfolded aorta with calcified arch",
              "elongated and calcified aorta",
              "calcification of the aortic arch"));
      say(Measure.AORTA, 2);
    } else if (aorta < Build.SLENDER && w.chance(0.5)) {
      out.add(w.one("slender aorta", "the aortic arch is small"));
      say(Measure.AORTA, 0);
    }
    double bend = StudyNumbers.scoliosis(state.build());
    if (bend != 0 && w.chance(0.8)) {
      out.add("scoliosis of the thoracic spine, convex to the " + (bend > 0 ? "left" : "right"));
      say(Measure.SCOLIOSIS, bend);
    } else if (bend == 0 && w.chance(0.1)) {
      out.add("straight thoracic spine");
      say(Measure.SCOLIOSIS, 0);
    }
  }

  private void negatives(List<String> out) {
    List<String> absent = new ArrayList<>();
    absent(
        absent,
        Finding.PLEURAL_EFFUSION,
        w.one("pleural effusion", "effusion", "pleural fluid"),
        0.6);
    absent(absent, Finding.PNEUMOTHORAX, "pneumothorax", 0.6);
    absent(
        absent,
        Finding.CONSOLIDATION,
        w.one("focal consolidation", "consolidation", "airspace opacity", "pneumonia"),
        0.5);
    absent(
        absent,
        Finding.PULMONARY_OEDEMA,
        w.one("pulmonary oedema", "pulmonary edema", "pulmonary venous congestion"),
        0.3);
    absent(absent, Finding.NODULE, "pulmonary nodule", 0.12);
    absent(absent, Finding.MASS, w.one("mass", "lung mass"), 0.1);
    absent(absent, Finding.ATELECTASIS, "atelectasis", 0.1);
    absent(absent, Finding.EMPHYSEMA, "emphysema", 0.06);
    absent(absent, Finding.FIBROSIS, "fibrosis", 0.06);
    absent(absent, Finding.HIATAL_HERNIA, "hiatal hernia", 0.04);
    w.shuffle(absent);
    if (!absent.isEmpty()) {
      String all = Wording.list(absent, "or");
      out.add(w.one("no " + all, "there is no " + all, "no evidence of " + all));
    }
  }

  private void absent(List<String> out, Finding finding, String word, double probability) {
    if (!found.contains(finding) && w.chance(probability)) {
      out.add(word);
    }
  }

  private String describe(XrayFinding finding, boolean single) {
    if (single) {
      StudyNumbers.of(finding).forEach(this::say);
    }
    return LUNG.contains(finding.label())
        ? hedged(phrases.phrase(finding))
        : phrases.phrase(finding);
  }

  /** Radiologists hedge; the statement stays true. */
  private String hedged(String phrase) {
    return w.chance(0.07) ? phrase + w.one(", likely", ", most likely", ", probably") : phrase;
  }

  String impression() {
    List<String> out = new ArrayList<>();
    for (XrayFinding f : state.xray()) {
      out.add(phrases.name(f));
    }
    if (out.isEmpty()) {
      return Wording.sentence(
          w.one(
              "normal chest radiograph",
              "no acute cardiopulmonary abnormality",
              "normal chest",
              "no abnormality detected on the chest radiograph",
              "unremarkable chest radiograph"));
    }
    if (w.chance(0.4)) {
      return Wording.sentence(Wording.list(out, "and"));
    }
    return Wording.paragraph(out);
  }
}
