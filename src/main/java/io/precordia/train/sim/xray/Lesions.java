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
  private final Map<Finding, boolean[]> masks = new EnumMap<>(Finding.class);

  Lesions(Film film, Thorax thorax, ChestState state) {
    this.film = film;
    this.thorax = thorax;
    this.state = state;
  }

  Map<Finding, boolean[]> paint(TubePainter painter) {
    List<XrayFinding> all = state.xray();
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
        case XrayFinding.Cardiomegaly c -> heart(mask(f));
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

  /** The whole cardiac silhouette. */
  private void heart(boolean[] mask) {
    for (int row = 0; row < film.size; row++) {
      for (int column = 0; column < film.size; column++) {
        double x = film.x(column, row);
        double y = film.y(column, row);
        mask[row * film.size + column] = thorax.heart.fill(x, y) > 0;
      }
    }
  }
}
