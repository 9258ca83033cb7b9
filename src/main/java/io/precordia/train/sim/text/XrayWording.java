package io.precordia.train.sim.text;

import io.precordia.study.Modality;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.text.Particulars;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sentences of the radiograph. Positive sentences hold no negation; negative ones name only what is
 * absent.
 */
final class XrayWording {
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
    for (XrayFinding f : state.xray()) {
      positive.add(describe(f));
    }
    w.shuffle(positive);
    if (w.chance(0.4)) {
      out.add(
          w.one(
              state.projection() + " view of the chest",
              "frontal chest radiograph, " + state.projection() + " projection",
              "single " + state.projection() + " radiograph of the chest"));
    }
    out.addAll(positive);
    if (!found.contains(Finding.CARDIOMEGALY) && w.chance(0.8)) {
      out.add(
          w.one(
              "the heart size is normal",
              "heart size within normal limits",
              "normal cardiac silhouette",
              "the cardiomediastinal contours are normal",
              "no cardiomegaly",
              "the heart is not enlarged"));
    }
    boolean clear =
        !found.contains(Finding.CONSOLIDATION)
            && !found.contains(Finding.PULMONARY_OEDEMA)
            && !found.contains(Finding.NODULE)
            && !found.contains(Finding.PLEURAL_EFFUSION)
            && !found.contains(Finding.PNEUMOTHORAX);
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
    if (w.chance(0.25)) {
      out.add(
          w.one(
              "the bones are unremarkable",
              "normal bony thorax",
              "osseous structures appear unremarkable"));
    }
    return Wording.paragraph(out);
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
    absent(absent, Finding.NODULE, w.one("pulmonary nodule", "nodule or mass"), 0.15);
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

  private String describe(XrayFinding finding) {
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
      case XrayFinding.CentralLine c ->
          w.one("central venous line in place", "central line in satisfactory position");
      case XrayFinding.Pacemaker p -> w.one("pacemaker in situ", "cardiac pacemaker");
      case XrayFinding.EndotrachealTube t ->
          w.one("endotracheal tube in place", "intubated, endotracheal tube above the carina");
    };
  }

  private static String hundredths(double value) {
    long v = Math.round(value * 100);
    return "0." + (v < 10 ? "0" : "") + v;
  }
}
