package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.XrayFinding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Applies the parenchymal and pleural findings in anatomical order and keeps one mask per label.
 */
final class Lesions {
  private final Film film;
  private final Thorax thorax;
  private final ChestState state;
  private final boolean[] heart;
  private final boolean[] lungs;
  private final Map<Finding, boolean[]> masks = new EnumMap<>(Finding.class);

  /**
   * @param heart the cardiac silhouette
   * @param lungs the cavities beside it
   */
  Lesions(Film film, Thorax thorax, ChestState state, boolean[] heart, boolean[] lungs) {
    this.heart = heart;
    this.lungs = lungs;
    this.film = film;
    this.thorax = thorax;
    this.state = state;
  }

  Map<Finding, boolean[]> paint(TubePainter painter) {
    List<XrayFinding> all = state.xray();
    Parenchyma parenchyma = new Parenchyma(film, thorax, state, painter);
    for (XrayFinding f : all) {
      switch (f) {
        case XrayFinding.Emphysema e -> {
          parenchyma.emphysema(e);
          copy(lungs, mask(f));
        }
        case XrayFinding.Fibrosis x -> parenchyma.fibrosis(x, mask(f));
        case XrayFinding.Atelectasis a -> parenchyma.atelectasis(a, mask(f));
        case XrayFinding.HiatalHernia h -> parenchyma.hernia(h, mask(f));
        case XrayFinding.PulmonaryArteries p -> parenchyma.hila(mask(f));
        default -> {
          // Painted below.
        }
      }
    }
    for (XrayFinding f : all) {
      if (f instanceof XrayFinding.Oedema oedema) {
        new OedemaPainter(film, thorax, state).paint(oedema, painter, mask(f));
      }
    }
    for (XrayFinding f : all) {
      if (f instanceof XrayFinding.Consolidation c) {
        new ConsolidationPainter(film, thorax, state).paint(c, mask(f));
      } else if (f instanceof XrayFinding.Nodule n) {
        new NodulePainter(film, thorax, state).paint(n, mask(f));
      } else if (f instanceof XrayFinding.Mass m) {
        new NodulePainter(film, thorax, state).paint(m, mask(f));
      }
    }
    for (XrayFinding f : all) {
      if (f instanceof XrayFinding.Effusion e) {
        new EffusionPainter(film, thorax, state).paint(e, mask(f));
      }
    }
    for (XrayFinding f : all) {
      if (f instanceof XrayFinding.Pneumothorax p) {
        new PneumothoraxPainter(film, thorax, state).paint(p, mask(f));
      }
    }
    Devices devices = new Devices(film, thorax, state, painter);
    for (XrayFinding f : all) {
      switch (f) {
        case XrayFinding.CentralLine line -> devices.centralLine(line, mask(f));
        case XrayFinding.Pacemaker pacemaker -> devices.pacemaker(pacemaker, mask(f));
        case XrayFinding.EndotrachealTube tube -> devices.tube(tube, mask(f));
        case XrayFinding.NasogastricTube tube -> devices.nasogastric(mask(f));
        case XrayFinding.SternotomyWires wires -> devices.sternotomy(wires, mask(f));
        case XrayFinding.Cardiomegaly c -> copy(heart, mask(f));
        case XrayFinding.PericardialEffusion e -> copy(heart, mask(f));
        default -> {
          // Painted above.
        }
      }
    }
    return masks;
  }

  private boolean[] mask(XrayFinding finding) {
    return masks.computeIfAbsent(finding.label(), k -> new boolean[film.size * film.size]);
  }

  private static void copy(boolean[] from, boolean[] mask) {
    System.arraycopy(from, 0, mask, 0, mask.length);
  }
}
