package io.precordia.train.sim.text;

import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.sim.state.XrayFinding.CentralLine.Access;
import io.precordia.train.sim.state.Zone;

/** Phrases for the findings of the radiograph, none of which holds a negation. */
final class XrayPhrases {
  private final Wording w;

  XrayPhrases(Wording wording) {
    this.w = wording;
  }

  /** As the findings describe it. */
  String phrase(XrayFinding finding) {
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

  /** As the impression names it. */
  String name(XrayFinding finding) {
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

  /** A ratio below 1 with two decimals. */
  static String hundredths(double value) {
    long v = Math.round(value * 100);
    return "0." + (v < 10 ? "0" : "") + v;
  }
}
