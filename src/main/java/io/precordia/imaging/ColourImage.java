package io.precordia.imaging;

import io.precordia.study.Pixels;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;

/**
 * Grey values of a decoded picture and how coloured it is.
 *
 * @param colourfulness mean over the pixels of the largest difference between two channels, 0 to 1
 */
record ColourImage(Pixels grey, double colourfulness) {

  static ColourImage of(BufferedImage image) {
    ColorModel model = image.getColorModel();
    return model instanceof java.awt.image.IndexColorModel ? palette(image) : channels(image);
  }

  private static ColourImage channels(BufferedImage image) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int colours = bands >= 3 ? 3 : 1;
    int width = image.getWidth();
    int height = image.getHeight();
    float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    float[] out = new float[width * height];
    int[] row = new int[width * bands];
    double spread = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int sum = 0;
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int b = 0; b < colours; b++) {
          int v = row[x * bands + b];
          sum += v;
          least = Math.min(least, v);
          most = Math.max(most, v);
        }
        out[y * width + x] = Math.min(1, sum / (colours * white));
        spread += (most - least) / white;
      }
    }
    return new ColourImage(new Pixels(width, height, out), spread / ((double) width * height));
  }

  private static ColourImage palette(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[] out = new float[width * height];
    double spread = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        int r = (rgb >> 16) & 255;
        int g = (rgb >> 8) & 255;
        int b = rgb & 255;
        out[y * width + x] = (r + g + b) / 765f;
        spread += (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b))) / 255.0;
      }
    }
    return new ColourImage(new Pixels(width, height, out), spread / ((double) width * height));
  }
}
