package io.precordia.train.sim.state;

import io.precordia.train.sim.state.XrayFinding.CentralLine.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Draws the parameters of a radiograph's findings, each from its own stream. */
final class XrayStateSampler {
  private XrayStateSampler() {}

  static List<XrayFinding> draw(long seed, long index, Set<Finding> wanted) {
    List<XrayFinding> out = new ArrayList<>();
    for (Finding f : wanted) {
      // A globular heart is already said to be enlarged.
      if (f == Finding.CARDIOMEGALY && wanted.contains(Finding.PERICARDIAL_EFFUSION)) {
        continue;
      }
      SimRandom r = SimRandom.of(seed, index, f.id());
      Side side = r.chance(0.5) ? Side.RIGHT : Side.LEFT;
      Zone zone = Zone.values()[r.below(3)];
      switch (f) {
        case CARDIOMEGALY -> out.add(new XrayFinding.Cardiomegaly(r.range(0.545, 0.68)));
        case PLEURAL_EFFUSION -> {
          out.add(new XrayFinding.Effusion(side, r.range(2.5, 12)));
          if (r.chance(0.3)) {
            out.add(
                new XrayFinding.Effusion(
                    side == Side.LEFT ? Side.RIGHT : Side.LEFT, r.range(2.5, 8)));
          }
        }
        case CONSOLIDATION -> {
          out.add(new XrayFinding.Consolidation(side, zone, r.range(2.8, 5.2), r.range(0.5, 0.95)));
          if (r.chance(0.2)) {
            out.add(
                new XrayFinding.Consolidation(
                    side == Side.LEFT ? Side.RIGHT : Side.LEFT,
                    Zone.values()[r.below(3)],
                    r.range(2.5, 4.5),
                    r.range(0.5, 0.9)));
          }
        }
        case PNEUMOTHORAX -> out.add(new XrayFinding.Pneumothorax(side, r.range(1.0, 5.0)));
        case PULMONARY_OEDEMA -> out.add(new XrayFinding.Oedema(r.range(0.25, 1)));
        case NODULE -> out.add(new XrayFinding.Nodule(side, zone, r.range(1.0, 3.0)));
        case CENTRAL_LINE ->
            out.add(
                new XrayFinding.CentralLine(
                    r.chance(0.75) ? Side.RIGHT : Side.LEFT,
                    Access.values()[r.below(Access.values().length)]));
        case PACEMAKER -> out.add(new XrayFinding.Pacemaker(r.chance(0.6)));
        case ENDOTRACHEAL_TUBE -> out.add(new XrayFinding.EndotrachealTube(r.range(2, 6)));
        case MASS -> out.add(new XrayFinding.Mass(side, zone, r.range(3.2, 7)));
        case ATELECTASIS -> out.add(new XrayFinding.Atelectasis(side, r.chance(0.45)));
        case EMPHYSEMA -> out.add(new XrayFinding.Emphysema(r.range(0.35, 1)));
        case FIBROSIS -> out.add(new XrayFinding.Fibrosis(r.range(0.35, 1)));
        case PERICARDIAL_EFFUSION ->
            out.add(new XrayFinding.PericardialEffusion(r.range(0.56, 0.70)));
        case HIATAL_HERNIA -> out.add(new XrayFinding.HiatalHernia(r.range(2.2, 4.0)));
        case PULMONARY_ARTERY_ENLARGEMENT ->
            out.add(new XrayFinding.PulmonaryArteries(r.range(1.45, 2.1)));
        case NASOGASTRIC_TUBE -> out.add(new XrayFinding.NasogastricTube());
        case STERNOTOMY_WIRES -> out.add(new XrayFinding.SternotomyWires(5 + r.below(3)));
        default -> {
          // An ECG finding: see ecg().
        }
      }
    }
    return out;
  }
}
