package io.precordia.model.explain;

import java.util.Arrays;

/**
 * Gathers scattered relevance into areas (salient relevance map; context-aware saliency of Goferman
 * et al., CVPR 2010, taken of the relevance instead of the image). A patch is salient if even the
 * patches most like it differ from it; patches far apart count as less different; what lies far
 * from every attended place is damped. Maps are row-major. Thread-safe.
 *
 * @param scales sides of the patches, odd
 * @param nearest K, patches that a patch is held against
 * @param attended saliency, of the largest, from which a place is attended
 */
public record SalientRelevance(int[] scales, int nearest, double attended) {
  private static final double C = 3;

  /** Patches of 1, 3 and 5 cells against the 32 most alike; attended from 0.8 on. */
  public static SalientRelevance standard() {
    return new SalientRelevance(new int[] {1, 3, 5}, 32, 0.8);
  }

  /**
   * @param relevance its positive part is used, scaled to 1; at most some thousand cells, the
   *     search is quadratic
   * @return in [0, 1]; zero everywhere for a constant map
   */
  public float[] of(float[] relevance, int rows, int columns) {
    float[] r = new float[relevance.length];
    float largest = 0;
    for (float v : relevance) {
      largest = Math.max(largest, v);
    }
    for (int i = 0; i < r.length && largest > 0; i++) {
      r[i] = Math.max(0, relevance[i]) / largest;
    }
    double[] saliency = new double[r.length];
    for (int scale : scales) {
      double[] one = saliency(r, rows, columns, scale);
      for (int i = 0; i < one.length; i++) {
        saliency[i] += one[i] / scales.length;
      }
    }
    return nearFoci(saliency, rows, columns);
  }

  private double[] saliency(float[] r, int rows, int columns, int side) {
    int n = r.length;
    float[][] patches = new float[n][];
    for (int i = 0; i < n; i++) {
      patches[i] = patch(r, rows, columns, i / columns, i % columns, side);
    }
    double diagonal = Math.max(rows, columns);
    double[] out = new double[n];
    double[] apart = new double[n];
    int k = Math.min(nearest, n - 1);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double place = Math.hypot(i / columns - j / columns, i % columns - j % columns) / diagonal;
        apart[j] = i == j ? Double.MAX_VALUE : distance(patches[i], patches[j]) / (1 + C * place);
      }
      Arrays.sort(apart);
      double sum = 0;
      for (int j = 0; j < k; j++) {
        sum += apart[j];
      }
      out[i] = k == 0 ? 0 : 1 - Math.exp(-sum / k);
    }
    return out;
  }

  /** Cells around one, those beyond the border repeated. */
  private static float[] patch(float[] r, int rows, int columns, int row, int column, int side) {
    float[] out = new float[side * side];
    for (int dy = 0; dy < side; dy++) {
      for (int dx = 0; dx < side; dx++) {
        int y = Math.clamp(row + dy - side / 2, 0, rows - 1);
        int x = Math.clamp(column + dx - side / 2, 0, columns - 1);
        out[dy * side + dx] = r[y * columns + x];
      }
    }
    return out;
  }

  /** Root mean square, so that it does not grow with the patch. */
  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (double) (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(square / a.length);
  }

  private float[] nearFoci(double[] saliency, int rows, int columns) {
    double largest = Arrays.stream(saliency).max().orElse(0);
    float[] out = new float[saliency.length];
    if (!(largest > 1e-9)) {
      return out;
    }
    for (int i = 0; i < out.length; i++) {
      double nearestFocus = 1;
      for (int j = 0; j < out.length; j++) {
        if (saliency[j] >= attended * largest) {
          double d = Math.hypot(i / columns - j / columns, i % columns - j % columns);
          nearestFocus = Math.min(nearestFocus, d / Math.hypot(rows, columns));
        }
      }
      out[i] = (float) (saliency[i] / largest * (1 - nearestFocus));
    }
    return out;
  }
}
