package io.precordia.imaging.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds text that is drawn into a picture: lines of letters and digits, bright or dark, upright or
 * turned by 90°, by stroke contrast, connected components and their geometry. A side marker of one
 * or two letters is not text here. Letters that touch are found too; single letters, handwriting
 * and text at other angles are not. Thread-safe.
 */
public final class BurnedInText {
  /** Larger pictures are looked at in a smaller copy of about this size. */
  private static final int WORKING = 1400;

  /** Half window of the top-hats: what is wider is no stroke. */
  private static final int[] RADII = {2, 4, 9};

  /** Ink stands out by this part of the picture's range, ... */
  private static final double LEAST_CONTRAST = 0.12;

  /** ... by more than what most of the picture's texture does, if that is not text itself, ... */
  private static final double USUAL = 1.2;

  private static final double MOST_USUAL = 0.2;

  /** ... and by this many standard deviations of the noise. */
  private static final double NOISE = 5;

  /**
   * Rectangles that cover the text, with a margin.
   *
   * @param values row-major, any scale and polarity
   */
  public List<TextBox> find(float[] values, int columns, int rows) {
    int k = Math.max(1, (int) Math.ceil(Math.max(columns, rows) / (double) WORKING));
    int w = columns / k;
    int h = rows / k;
    if (w < 16 || h < 16) {
      return List.of();
    }
    float[] small = k == 1 ? values : reduced(values, columns, w, h, k);
    float range = range(small);
    if (range <= 0) {
      return List.of();
    }
    List<TextBox> found = new ArrayList<>();
    for (boolean bright : new boolean[] {true, false}) {
      for (int radius : RADII) {
        lines(small, w, h, bright, radius, range, found);
      }
    }
    List<TextBox> out = new ArrayList<>();
    for (TextBox box : found) {
      int margin = Math.max(3, (int) Math.round(0.35 * Math.min(box.width(), box.height())));
      out.add(box.grown(margin, margin, w, h).times(k, columns, rows));
    }
    return merged(out);
  }

  private static void lines(
      float[] v, int w, int h, boolean bright, int radius, float range, List<TextBox> found) {
    float[] signed = v;
    if (!bright) {
      signed = new float[v.length];
      for (int i = 0; i < v.length; i++) {
        signed[i] = -v[i];
      }
    }
    float[] contrast = Morphology.topHat(signed, w, h, radius);
    double usual = Math.min(MOST_USUAL * range, USUAL * quantile(contrast, 0.97));
    double least = Math.max(usual, Math.max(LEAST_CONTRAST * range, NOISE * noise(v, w, h)));
    boolean[] mask = new boolean[v.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = contrast[i] > least;
    }
    Components.Labels labels = Components.label(mask, w, h);
    if (labels.components().isEmpty()) {
      return;
    }
    found.addAll(new TextLines(signed, contrast, labels, w, h).find());
    new TextLines(
            transposed(signed, w, h), transposed(contrast, w, h), labels.transposed(w, h), h, w)
        .find()
        .forEach(b -> found.add(b.transposed()));
  }

  private static float[] reduced(float[] v, int columns, int w, int h, int k) {
    float[] out = new float[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        float sum = 0;
        for (int dy = 0; dy < k; dy++) {
          for (int dx = 0; dx < k; dx++) {
            sum += v[(y * k + dy) * columns + x * k + dx];
          }
        }
        out[y * w + x] = sum / (k * k);
      }
    }
    return out;
  }

  private static float quantile(float[] v, double q) {
    int step = Math.max(1, v.length / 40_000);
    float[] sample = new float[(v.length + step - 1) / step];
    for (int i = 0, n = 0; i < v.length; i += step) {
      sample[n++] = v[i];
    }
    Arrays.sort(sample);
    return sample[(int) (q * (sample.length - 1))];
  }

  private static float[] transposed(float[] v, int w, int h) {
    float[] out = new float[v.length];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        out[x * h + y] = v[y * w + x];
      }
    }
    return out;
  }

  /** Difference of the 99.5th and the 0.5th percentile, at least 0.4 of the extremes'. */
  private static float range(float[] v) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float x : v) {
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
    // A few letters on an empty screen are all the range that there is.
    return Math.max(quantile(v, 0.995) - quantile(v, 0.005), 0.4f * (most - least));
  }

  /** Standard deviation of white noise by the median of second differences. */
  private static double noise(float[] v, int w, int h) {
    int n = 0;
    float[] sample = new float[4096];
    long step = Math.max(1, (long) w * h / sample.length);
    for (long i = 0; i < (long) w * h && n < sample.length; i += step) {
      int p = (int) i;
      int x = p % w;
      if (x > 0 && x < w - 1) {
        sample[n++] = Math.abs(v[p - 1] - 2 * v[p] + v[p + 1]);
      }
    }
    if (n == 0) {
      return 0;
    }
    Arrays.sort(sample, 0, n);
    return sample[n / 2] / (0.6745 * Math.sqrt(6));
  }

  /** Without those that lie within another. */
  private static List<TextBox> merged(List<TextBox> boxes) {
    List<TextBox> out = new ArrayList<>();
    for (TextBox box : boxes) {
      if (out.stream().noneMatch(o -> o.union(box).equals(o))) {
        out.removeIf(o -> o.union(box).equals(box));
        out.add(box);
      }
    }
    return out;
  }
}
