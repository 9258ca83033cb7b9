package io.precordia.train.sim.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Draws the parameters of a radiograph's findings, each from its own stream. */
final class XrayStateSampler {
  private XrayStateSampler() {}

  static List<XrayFinding> draw(long seed, long index, Set<Finding> wanted) {
    List<XrayFinding> out = new ArrayList<>();
    for (Finding f : wanted) {
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
            out.add(new XrayFinding.CentralLine(r.chance(0.75) ? Side.RIGHT : Side.LEFT));
        case PACEMAKER -> out.add(new XrayFinding.Pacemaker(r.chance(0.6)));
        case ENDOTRACHEAL_TUBE -> out.add(new XrayFinding.EndotrachealTube(r.range(2, 6)));
        default -> {
          // An ECG finding: see ecg().
        }
      }
    }
    return out;
  }
}
