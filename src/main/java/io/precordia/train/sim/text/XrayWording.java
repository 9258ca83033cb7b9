package io.precordia.train.sim.text;

import io.precordia.study.Modality;
import io.precordia.train.sim.state.Build;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.Technique;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.sim.state.XrayFinding.CentralLine.Access;
import io.precordia.train.sim.state.Zone;
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
  private final Set<Finding> found;
  private Particulars said = Particulars.NONE;

  XrayWording(ChestState state, Wording wording) {
    this.state = state;
    this.w = wording;
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
      String number = hundredths(ratio);
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
    return LUNG.contains(finding.label()) ? hedged(phrase(finding)) : phrase(finding);
  }

  /** Radiologists hedge; the statement stays true. */
  private String hedged(String phrase) {
    return w.chance(0.07) ? phrase + w.one(", likely", ", most likely", ", probably") : phrase;
  }

  private String phrase(XrayFinding finding) {
    return switch (finding) {
      case XrayFinding.Cardiomegaly c ->
          w.one(
              "the heart is enlarged, with a cardiothoracic ratio of " + hundredths(c.ratio()),
              "cardiomegaly",
              "enlarged cardiac silhouette",
              (c.ratio() > 0.61 ? "marked" : "mild to moderate") + " cardiomegaly",
              "the cardiac silhouette is enlarged",
              "increased heart size, cardiothoracic ratio " + hundredths(c.ratio()));
      case XrayFinding.Effusion e ->
          w.one(
              e.grade() + " " + e.side().word() + " pleural effusion",
              "there is a " + e.grade() + " pleural effusion on the " + e.side().word(),
              e.side().word()
                  + "-sided pleural effusion, "
                  + e.grade()
                  + ", with "
                  + (e.grade().equals("small")
                      ? "blunting of the costophrenic angle"
                      : "a meniscus along the lateral chest wall"),
              e.grade() + " effusion at the " + e.side().word() + " base");
      case XrayFinding.Consolidation c ->
          w.one(
              "consolidation in the " + c.side().word() + " " + c.zone().word() + " zone",
              "airspace opacity in the "
                  + c.side().word()
                  + " "
                  + c.zone().word()
                  + " lung zone with air bronchograms",
              c.side().word()
                  + " "
                  + c.zone().word()
                  + " zone consolidation"
                  + w.one("", ", in keeping with pneumonia", " with air bronchograms"),
              "patchy consolidation of the "
                  + c.side().word()
                  + " lung, "
                  + c.zone().word()
                  + " zone");
      case XrayFinding.Pneumothorax p ->
          w.one(
              p.grade() + " " + p.side().word() + " pneumothorax",
              p.side().word()
                  + "-sided pneumothorax, "
                  + p.grade()
                  + ", with a visible visceral pleural line",
              "there is a " + p.grade() + " pneumothorax on the " + p.side().word(),
              "a pleural line is seen on the "
                  + p.side().word()
                  + " with absent lung markings beyond it, a "
                  + p.grade()
                  + " pneumothorax");
      case XrayFinding.Oedema o ->
          w.one(
              o.grade() + " pulmonary oedema",
              "perihilar opacities in a bat-wing distribution, consistent with "
                  + o.grade()
                  + " pulmonary oedema",
              "upper lobe vascular diversion and Kerley B lines, in keeping with pulmonary oedema",
              o.grade() + " pulmonary edema with perihilar haze",
              "bilateral " + o.grade() + " pulmonary edema");
      case XrayFinding.Nodule n ->
          w.one(
              "a "
                  + Wording.decimal(n.diameter())
                  + " cm nodule in the "
                  + n.side().word()
                  + " "
                  + n.zone().word()
                  + " zone",
              "solitary pulmonary nodule of "
                  + Math.round(n.diameter() * 10)
                  + " mm in the "
                  + n.side().word()
                  + " "
                  + n.zone().word()
                  + " zone",
              "rounded nodule projected over the "
                  + n.side().word()
                  + " "
                  + n.zone().word()
                  + " lung zone, about "
                  + Math.round(n.diameter() * 10)
                  + " mm");
      case XrayFinding.Mass m ->
          w.one(
              "a " + Wording.decimal(m.diameter()) + " cm mass in the " + place(m.side(), m.zone()),
              "large mass of the " + m.side().word() + " lung, " + m.zone().word() + " zone",
              "mass-like opacity in the " + place(m.side(), m.zone()));
      case XrayFinding.Atelectasis a ->
          a.lobar()
              ? w.one(
                  "atelectasis of the " + a.side().word() + " lower lobe",
                  a.side().word() + " lower lobe collapse with volume loss, atelectasis")
              : w.one(
                  a.side().word() + " basal plate atelectasis",
                  "linear atelectasis at the " + a.side().word() + " base",
                  "bands of atelectasis at the " + a.side().word() + " lung base");
      case XrayFinding.Emphysema e ->
          w.one(
              "hyperinflated lungs with low flat diaphragms, emphysema",
              (e.severity() > 0.7 ? "severe" : "moderate") + " emphysema",
              "emphysema with hyperinflation and sparse peripheral vessels");
      case XrayFinding.Fibrosis x ->
          w.one(
              "reticular markings at both bases, in keeping with pulmonary fibrosis",
              (x.severity() > 0.7 ? "advanced" : "mild") + " basal fibrosis",
              "peripheral basal reticulation, fibrosis");
      case XrayFinding.PericardialEffusion e ->
          w.one(
              "globular enlargement of the heart shadow, pericardial effusion, CTR "
                  + hundredths(e.ratio()),
              "water-bottle heart, suspicious for pericardial effusion",
              "large globular heart shadow in keeping with pericardial effusion");
      case XrayFinding.HiatalHernia h ->
          w.one(
              "hiatal hernia behind the heart",
              "retrocardiac hiatal hernia with an air-fluid level",
              (h.radius() > 3.2 ? "large" : "small") + " hiatal hernia");
      case XrayFinding.PulmonaryArteries a ->
          w.one(
              "enlarged central pulmonary arteries",
              "prominent hila, enlarged pulmonary arteries",
              "dilated pulmonary trunk and enlarged pulmonary arteries");
      case XrayFinding.NasogastricTube n ->
          w.one(
              "nasogastric tube with its tip in the stomach",
              "nasogastric tube below the left diaphragm",
              "NG tube, nasogastric tube in place");
      case XrayFinding.SternotomyWires x ->
          w.one(
              "sternotomy wires",
              x.count() + " sternotomy wires in the midline",
              "status post sternotomy, intact sternotomy wires");
      case XrayFinding.CentralLine c when c.access() == Access.PORT ->
          w.one(
              c.side().word() + " chest port with central venous catheter",
              c.side().word() + "-sided port, central line ends in the superior vena cava");
      case XrayFinding.CentralLine c when c.access() == Access.PERIPHERAL ->
          w.one(
              c.side().word() + " PICC, central venous line from the arm",
              "peripherally inserted central venous catheter on the " + c.side().word());
      case XrayFinding.CentralLine c when c.access() == Access.DIALYSIS ->
          c.side().word() + " dialysis catheter, a wide central venous line";
      case XrayFinding.CentralLine c ->
          w.one(
              c.side().word() + " central venous line with its tip in the superior vena cava",
              "a central venous catheter enters from the "
                  + c.side().word()
                  + ", tip projected over the superior vena cava",
              c.side().word() + "-sided central line in place");
      case XrayFinding.Pacemaker p ->
          w.one(
              "left " + (p.dualChamber() ? "dual" : "single") + " chamber pacemaker",
              "a pacemaker generator overlies the left chest with "
                  + (p.dualChamber()
                      ? "leads in the right atrium and right ventricle"
                      : "a lead in the right ventricle"),
              "cardiac pacemaker in situ with " + (p.dualChamber() ? "two leads" : "one lead"));
      case XrayFinding.EndotrachealTube t ->
          w.one(
              "endotracheal tube with its tip "
                  + Wording.decimal(t.tipAboveCarina())
                  + " cm above the carina",
              "the endotracheal tube ends "
                  + Math.round(t.tipAboveCarina())
                  + " cm above the carina",
              "endotracheal tube in place");
    };
  }

  String impression() {
    List<String> out = new ArrayList<>();
    for (XrayFinding f : state.xray()) {
      out.add(name(f));
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

  private String name(XrayFinding finding) {
    return switch (finding) {
      case XrayFinding.Cardiomegaly c -> "cardiomegaly";
      case XrayFinding.Effusion e ->
          w.one(
              e.side().word() + " pleural effusion",
              e.grade() + " " + e.side().word() + " pleural effusion");
      case XrayFinding.Consolidation c ->
          c.side().word()
              + " "
              + c.zone().word()
              + " zone "
              + w.one("consolidation", "pneumonia", "consolidation");
      case XrayFinding.Pneumothorax p ->
          w.one(
              p.side().word() + " pneumothorax",
              p.grade() + " " + p.side().word() + " pneumothorax");
      case XrayFinding.Oedema o ->
          w.one("pulmonary oedema", "pulmonary edema", o.grade() + " pulmonary oedema");
      case XrayFinding.Nodule n ->
          w.one("pulmonary nodule in the ", "nodule in the ")
              + n.side().word()
              + " "
              + n.zone().word()
              + " zone";
      case XrayFinding.Mass m -> m.side().word() + " " + m.zone().word() + " zone lung mass";
      case XrayFinding.Atelectasis a ->
          a.side().word() + (a.lobar() ? " lower lobe" : " basal") + " atelectasis";
      case XrayFinding.Emphysema e -> "emphysema";
      case XrayFinding.Fibrosis x -> w.one("basal fibrosis", "pulmonary fibrosis");
      case XrayFinding.PericardialEffusion e ->
          w.one("pericardial effusion", "globular heart, pericardial effusion");
      case XrayFinding.HiatalHernia h -> "hiatal hernia";
      case XrayFinding.PulmonaryArteries a ->
          w.one("enlarged pulmonary arteries", "enlarged central pulmonary arteries");
      case XrayFinding.NasogastricTube n -> "nasogastric tube in place";
      case XrayFinding.SternotomyWires x -> w.one("sternotomy wires", "previous sternotomy wires");
      case XrayFinding.CentralLine c ->
          w.one("central venous line in place", "central line in satisfactory position");
      case XrayFinding.Pacemaker p -> w.one("pacemaker in situ", "cardiac pacemaker");
      case XrayFinding.EndotrachealTube t ->
          w.one("endotracheal tube in place", "intubated, endotracheal tube above the carina");
    };
  }

  private static String place(Side side, Zone zone) {
    return side.word() + " " + zone.word() + " zone";
  }

  private static String hundredths(double value) {
    long v = Math.round(value * 100);
    return "0." + (v < 10 ? "0" : "") + v;
  }
}
