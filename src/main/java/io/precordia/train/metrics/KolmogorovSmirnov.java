package io.precordia.train.metrics;

import java.util.Arrays;

/** Largest distance between the distribution functions of two samples, 0 to 1. */
public final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * @throws IllegalArgumentException if a sample is empty
   */
  public static double of(double[] a, double[] b) {
    if (a.length == 0 || b.length == 0) {
      throw new IllegalArgumentException("both samples need values");
    }
    double[] x = a.clone();
    double[] y = b.clone();
    Arrays.sort(x);
    Arrays.sort(y);
    int i = 0;
    int j = 0;
    double most = 0;
    while (i < x.length && j < y.length) {
      double at = Math.min(x[i], y[j]);
      while (i < x.length && x[i] <= at) {
        i++;
      }
      while (j < y.length && y[j] <= at) {
        j++;
      }
      most = Math.max(most, Math.abs((double) i / x.length - (double) j / y.length));
    }
    return most;
  }
}
