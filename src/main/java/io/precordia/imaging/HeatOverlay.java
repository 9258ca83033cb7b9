package io.precordia.imaging;

import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiFunction;
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
    Picture picture = picture(image, map);
    BufferedImage out =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = picture.samples();
    for (int i = 0; i < map.length; i++) {
      int at = 3 * i;
      out.setRGB(
          i % picture.width(),
          i / picture.width(),
          (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(out, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The same as numbers, of a map that can be had at any width and height. */
  public static Picture picture(Pixels image, BiFunction<Integer, Integer, float[]> map) {
    return picture(image, map.apply(image.width(), image.height()));
  }

  private static Picture picture(Pixels image, float[] map) {
    if (map.length != image.values().length) {
      throw new IllegalArgumentException("the map must have a value for every pixel");
    }
    byte[] out = new byte[3 * map.length];
    for (int i = 0; i < map.length; i++) {
      double grey = 255 * Math.clamp(image.values()[i], 0, 1);
      double opaque = MOST_OPAQUE * Math.clamp((map[i] - LEAST) / (1 - LEAST), 0, 1);
      int colour = ColourMap.INFERNO.rgb(0.25 + 0.75 * map[i]);
      for (int c = 0; c < 3; c++) {
        int of = colour >> (16 - 8 * c) & 0xFF;
        out[3 * i + c] = (byte) Math.round(grey + opaque * (of - grey));
      }
    }
    return new Picture(image.width(), image.height(), 3, out);
  }
}
