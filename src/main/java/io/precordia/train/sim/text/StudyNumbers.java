package io.precordia.train.sim.text;

import io.precordia.train.sim.state.Build;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.Technique;
import io.precordia.train.sim.state.XrayFinding;
import io.precordia.train.text.Measure;
import io.precordia.train.text.Particulars;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** The numbers of a simulated radiograph that a report may state. */
public final class StudyNumbers {
  /** Degrees from which a report calls the patient rotated. */
  private static final double ROTATED = 2.5;

  private StudyNumbers() {}

  /** All of them. */
  public static Particulars of(ChestState state) {
    Particulars out =
        Particulars.NONE
            .with(Measure.VIEW, view(state.technique()))
            .with(Measure.CARDIOTHORACIC_RATIO, state.cardiothoracicRatio())
            .with(Measure.POSTERIOR_RIBS, state.technique().posteriorRibs())
            .with(Measure.ROTATION, rotation(state.technique()))
            .with(Measure.SCOLIOSIS, scoliosis(state.build()))
            .with(Measure.AORTA, state.build().aorta());
    EnumSet<Finding> seen = EnumSet.noneOf(Finding.class);
    for (XrayFinding f : state.xray()) {
      boolean first = seen.add(f.label());
      for (Map.Entry<Measure, Double> e : of(f).entrySet()) {
        // Of two effusions neither size is that of the study.
        out = out.with(e.getKey(), first ? e.getValue() : Double.NaN);
      }
    }
    return out;
  }

  /** Those of one finding. */
  static Map<Measure, Double> of(XrayFinding finding) {
    Map<Measure, Double> out = new EnumMap<>(Measure.class);
    switch (finding) {
      case XrayFinding.Effusion e ->
          out.put(
              Measure.EFFUSION_SIZE,
              e.grade().equals("small") ? 0.0 : e.grade().equals("large") ? 2.0 : 1.0);
      case XrayFinding.Consolidation c ->
          out.put(Measure.CONSOLIDATION_ZONE, (double) c.zone().ordinal());
      case XrayFinding.Pneumothorax p ->
          out.put(Measure.PNEUMOTHORAX_SIZE, p.grade().equals("small") ? 0.0 : 1.0);
      case XrayFinding.Nodule n -> out.put(Measure.NODULE_ZONE, (double) n.zone().ordinal());
      case XrayFinding.CentralLine c ->
          out.put(Measure.LINE_SIDE, c.side() == Side.LEFT ? 1.0 : 0.0);
      default -> {
        // Its wording states no number, or not always.
      }
    }
    return out;
  }

  static double view(Technique t) {
    return t.supine() ? 2 : t.projection().ordinal();
  }

  static double rotation(Technique t) {
    return Math.abs(t.rotation()) < ROTATED ? 0 : Math.signum(t.rotation());
  }

  static double scoliosis(Build b) {
    return Math.abs(b.scoliosis()) < Build.NAMED_BEND ? 0 : Math.signum(b.scoliosis());
  }
}
