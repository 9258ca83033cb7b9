package io.precordia.imaging;

import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A map in colour over a radiograph in grey, the more opaque the larger. No legend. */
public final class HeatOverlay {
  private static final double MOST_OPAQUE = 0.65;

  /** Values below are left grey, so that the film stays readable where nothing is. */
  private static final double LEAST = 0.1;

  private HeatOverlay() {}

  /**
   * PNG of the radiograph's own size and aspect.
   *
   * @param map row-major, as many values as pixels, each 0 to 1
   */
  public static byte[] png(Pixels image, float[] map) {
    if (map.length != image.values().length) {
      throw new IllegalArgumentException("the map must have a value for every pixel");
    }
    int width = image.width();
    BufferedImage out = new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < map.length; i++) {
      double grey = 255 * Math.clamp(image.values()[i], 0, 1);
      double opaque = MOST_OPAQUE * Math.clamp((map[i] - LEAST) / (1 - LEAST), 0, 1);
      int colour = ColourMap.INFERNO.rgb(0.25 + 0.75 * map[i]);
      int rgb = 0;
      for (int shift = 16; shift >= 0; shift -= 8) {
        int mixed = (int) Math.round(grey + opaque * ((colour >> shift & 0xFF) - grey));
        rgb = rgb << 8 | mixed;
      }
      out.setRGB(i % width, i / width, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(out, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
