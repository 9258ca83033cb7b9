package io.precordia.api.results;

import io.precordia.dicom.result.Finding;
import io.precordia.ecg.CaptionStrip;
import io.precordia.imaging.HeatOverlay;
import io.precordia.imaging.Picture;
import io.precordia.imaging.Reduction;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Pixels;
import java.util.Arrays;
import java.util.Locale;

/**
 * The picture of a capture: the film under the map, and below it what it is and what it is not for,
 * in the pixels, since viewers may show nothing else.
 */
final class CapturePicture {
  /** Longest side of the film; the source has the full size. */
  private static final int FILM_PIXELS = 1280;

  private static final int LEAST_STRIP = 12;
  private static final int STRIPS_PER_WIDTH = 24;

  private CapturePicture() {}

  static Picture of(Pixels film, XrayRelevance map, Finding finding) {
    Picture heat = HeatOverlay.picture(Reduction.within(film, FILM_PIXELS), map::pixels);
    int strip = Math.max(LEAST_STRIP, heat.width() / STRIPS_PER_WIDTH);
    String words =
        String.format(
            Locale.ROOT,
            "precordia: %s %.2f - not for clinical use",
            finding.words(),
            finding.probability());
    byte[] grey = CaptionStrip.grey(heat.width(), strip, words);
    byte[] rgb = Arrays.copyOf(heat.samples(), heat.samples().length + 3 * grey.length);
    for (int i = 0; i < grey.length; i++) {
      int at = heat.samples().length + 3 * i;
      Arrays.fill(rgb, at, at + 3, grey[i]);
    }
    return new Picture(heat.width(), heat.height() + strip, 3, rgb);
  }
}
