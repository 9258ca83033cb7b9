package io.precordia.api.results;

import io.precordia.dicom.result.Evidence;
import io.precordia.imaging.Outline;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.RelevanceMap;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Content;
import io.precordia.study.Lead;
import io.precordia.study.Pixels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From a relevance map to what a report can point at. */
final class EvidenceOf {
  /** Cells of the grid that outlines are traced on, along each side. */
  private static final int GRID = 96;

  /** Part of the largest relevance that still belongs to the area. */
  private static final double PART = 0.5;

  private static final int MOST_LEADS = 3;

  private EvidenceOf() {}

  /** Null for a map without any relevance. */
  static @Nullable Evidence map(RelevanceMap map, Content content) {
    return switch (map) {
      case XrayRelevance xray -> content instanceof Pixels film ? area(xray, film) : null;
      case EcgRelevance ecg -> stretches(ecg);
    };
  }

  private static @Nullable Evidence area(XrayRelevance map, Pixels film) {
    float[] cells = map.pixels(GRID, GRID);
    for (float cell : cells) {
      if (cell > 0) {
        Outline outline = Outline.of(cells, GRID, GRID, PART);
        return new Evidence.Area(
            outline.scaled((double) film.width() / GRID, (double) film.height() / GRID),
            Math.clamp(outline.share(), 0, 1));
      }
    }
    return null;
  }

  private static @Nullable Evidence stretches(EcgRelevance map) {
    float[] shares = map.leadShares();
    List<Evidence.Stretch> found =
        Arrays.stream(Lead.values())
            .filter(lead -> shares[lead.ordinal()] > 0)
            .sorted(Comparator.comparingDouble(lead -> -shares[lead.ordinal()]))
            .limit(MOST_LEADS)
            .map(lead -> stretch(map, lead, shares[lead.ordinal()]))
            .toList();
    return found.isEmpty() ? null : new Evidence.Stretches(found);
  }

  /** Around the lead's largest value, as long as at least half of it. */
  private static Evidence.Stretch stretch(EcgRelevance map, Lead lead, float share) {
    float[] values = map.leads()[lead.ordinal()];
    int peak = 0;
    for (int i = 0; i < values.length; i++) {
      peak = values[i] > values[peak] ? i : peak;
    }
    double least = PART * values[peak];
    int from = peak;
    while (from > 0 && values[from - 1] >= least) {
      from--;
    }
    int to = peak;
    while (to + 1 < values.length && values[to + 1] >= least) {
      to++;
    }
    return new Evidence.Stretch(
        lead, from / map.rateHz(), (to + 1) / map.rateHz(), Math.clamp(share, 0, 1));
  }
}
