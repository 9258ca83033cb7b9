package io.precordia.train.metrics;

/**
 * How far probabilities are from frequencies: Σ over equal-width bins of |mean probability −
 * observed share| weighted by the bin's size (expected calibration error).
 */
public final class CalibrationError {
  private CalibrationError() {}

  public static double expected(double[] probabilities, boolean[] positive, int bins) {
    double[] sum = new double[bins];
    double[] observed = new double[bins];
    for (int i = 0; i < probabilities.length; i++) {
      int bin = Math.min(bins - 1, (int) (probabilities[i] * bins));
      sum[bin] += probabilities[i];
      observed[bin] += positive[i] ? 1 : 0;
    }
    double error = 0;
    for (int b = 0; b < bins; b++) {
      error += Math.abs(sum[b] - observed[b]);
    }
    return probabilities.length == 0 ? Double.NaN : error / probabilities.length;
  }
}
