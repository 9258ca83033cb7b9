package io.precordia.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * An 8-bit picture.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param samples height · width · channels, row-major, channels together
 */
public record Picture(int width, int height, int channels, byte[] samples) {
  private static final int RGB = 3;

  public Picture {
    if (width < 1 || height < 1 || (channels != 1 && channels != RGB)) {
      throw new IllegalArgumentException("picture: sizes must be positive and channels 1 or 3");
    }
    if (samples.length != Math.multiplyExact(Math.multiplyExact(width, height), channels)) {
      throw new IllegalArgumentException("picture: the samples do not fill it");
    }
  }

  /**
   * Reads PNG or JPEG. Alpha is left out; samples of more than 8 bits keep their high octet.
   *
   * @throws io.precordia.error.PrecordiaException as {@link ImageFileDecoder#decode} does
   */
  public static Picture read(byte[] file) {
    return ImageFileDecoder.read(file, Picture::of);
  }

  private static Picture of(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel ? palette(image) : channels(image);
  }

  private static Picture channels(BufferedImage image) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int kept = bands >= RGB ? RGB : 1;
    int bits = raster.getSampleModel().getSampleSize(0);
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] out = new byte[width * height * kept];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < kept; c++) {
          out[at++] = octet(row[x * bands + c], bits);
        }
      }
    }
    return new Picture(width, height, kept, out);
  }

  private static byte octet(int sample, int bits) {
    return (byte) (bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1));
  }

  private static Picture palette(BufferedImage image) {
    byte[] out = new byte[image.getWidth() * image.getHeight() * RGB];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        out[at++] = (byte) (rgb >> 16);
        out[at++] = (byte) (rgb >> 8);
        out[at++] = (byte) rgb;
      }
    }
    return new Picture(image.getWidth(), image.getHeight(), RGB, out);
  }

  /** Three channels, a grey one repeated. */
  public Picture toRgb() {
    if (channels == RGB) {
      return this;
    }
    byte[] out = new byte[samples.length * RGB];
    for (int i = 0; i < samples.length; i++) {
      out[RGB * i] = samples[i];
      out[RGB * i + 1] = samples[i];
      out[RGB * i + 2] = samples[i];
    }
    return new Picture(width, height, RGB, out);
  }
}
