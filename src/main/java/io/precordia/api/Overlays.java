package io.precordia.api;

import io.precordia.ecg.EcgPaper;
import io.precordia.imaging.ColourMap;
import io.precordia.imaging.HeatOverlay;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.RelevanceMap;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Content;
import io.precordia.study.Ecg;
import io.precordia.study.Lead;
import io.precordia.study.Pixels;

/** Relevance over what it is about, as PNG. */
final class Overlays {
  private static final double PIXELS_PER_MM = 5;
  private static final double MOST_OPAQUE = 200;
  private static final double LEAST = 0.06;

  private Overlays() {}

  /**
   * @param map normalised
   */
  static byte[] png(Content content, RelevanceMap map) {
    return switch (map) {
      case XrayRelevance xray -> {
        Pixels film = (Pixels) content;
        yield HeatOverlay.png(film, xray.pixels(film.width(), film.height()));
      }
      case EcgRelevance ecg ->
          EcgPaper.png((Ecg) content, PIXELS_PER_MM, (lead, t) -> tint(ecg, lead, t));
    };
  }

  private static int tint(EcgRelevance map, Lead lead, double seconds) {
    int at = (int) Math.floor(seconds * map.rateHz());
    if (at < 0 || at >= map.samples()) {
      return 0;
    }
    double value = map.leads()[lead.ordinal()][at];
    if (value < LEAST) {
      return 0;
    }
    // from yellow through red: the dark end of the map would hide the trace
    int alpha = (int) Math.round(MOST_OPAQUE * Math.sqrt(value));
    return alpha << 24 | ColourMap.INFERNO.rgb(0.95 - 0.45 * value);
  }
}
