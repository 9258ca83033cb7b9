package io.precordia.train.metrics;

import java.util.Arrays;

/** Rank correlation: Pearson's of the ranks, ties sharing their mean rank. */
public final class SpearmanCorrelation {
  private SpearmanCorrelation() {}

  /**
   * @return NaN if either side is constant
   */
  public static double of(float[] a, float[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double mean = (a.length - 1) / 2.0;
    double product = 0;
    double squareX = 0;
    double squareY = 0;
    for (int i = 0; i < a.length; i++) {
      product += (x[i] - mean) * (y[i] - mean);
      squareX += (x[i] - mean) * (x[i] - mean);
      squareY += (y[i] - mean) * (y[i] - mean);
    }
    return product / Math.sqrt(squareX * squareY);
  }

  private static double[] ranks(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = bound(sorted, values[i], false);
      int notAbove = bound(sorted, values[i], true);
      out[i] = (below + notAbove - 1) / 2.0;
    }
    return out;
  }

  /** How many lie below a value, or not above it. */
  private static int bound(float[] sorted, float value, boolean included) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (included && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
