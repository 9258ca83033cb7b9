package io.precordia.imaging;

import io.precordia.study.Pixels;

/**
 * Separable resize with a triangle filter as wide as the reduction, so that fine detail is averaged
 * and not aliased; bilinear interpolation when enlarging.
 */
final class TriangleResize {
  private TriangleResize() {}

  static float[] resize(Pixels image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image.values().clone();
    }
    Taps across = Taps.of(image.width(), width);
    Taps down = Taps.of(image.height(), height);
    float[] values = image.values();
    float[] rows = new float[width * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        float[] weights = across.weights[x];
        int at = y * image.width() + across.first[x];
        float sum = 0;
        for (int k = 0; k < weights.length; k++) {
          sum += weights[k] * values[at + k];
        }
        rows[y * width + x] = sum;
      }
    }
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      float[] weights = down.weights[y];
      for (int k = 0; k < weights.length; k++) {
        int from = (down.first[y] + k) * width;
        for (int x = 0; x < width; x++) {
          out[y * width + x] += weights[k] * rows[from + x];
        }
      }
    }
    return out;
  }

  private record Taps(int[] first, float[][] weights) {
    static Taps of(int in, int out) {
      double scale = (double) in / out;
      double reach = Math.max(1, scale);
      int[] first = new int[out];
      float[][] weights = new float[out][];
      for (int i = 0; i < out; i++) {
        double centre = (i + 0.5) * scale;
        int from = Math.max(0, (int) Math.floor(centre - reach + 0.5));
        int to = Math.max(from + 1, Math.min(in, (int) Math.floor(centre + reach + 0.5)));
        double[] w = new double[to - from];
        double sum = 0;
        for (int k = 0; k < w.length; k++) {
          w[k] = Math.max(0, 1 - Math.abs(from + k + 0.5 - centre) / reach);
          sum += w[k];
        }
        first[i] = from;
        weights[i] = new float[w.length];
        for (int k = 0; k < w.length; k++) {
          weights[i][k] = (float) (w[k] / sum);
        }
      }
      return new Taps(first, weights);
    }
  }
}
