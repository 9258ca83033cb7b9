package io.precordia.train.metrics;

/**
 * How far probabilities are from frequencies: Σ over equal-width bins of |mean probability −
 * observed share| weighted by the bin's share of the studies (expected calibration error; Naeini,
 * Cooper and Hauskrecht 2015, for the probability of the positive class).
 */
public final class CalibrationError {
  private CalibrationError() {}

  /**
   * @return 0 to 1; NaN without a study
   */
  public static double expected(double[] probabilities, boolean[] positive, int bins) {
    double error = 0;
    for (ReliabilityBin bin : ReliabilityBin.of(probabilities, positive, bins)) {
      if (bin.count() > 0) {
        error += bin.count() * Math.abs(bin.predicted() - bin.observed());
      }
    }
    return probabilities.length == 0 ? Double.NaN : error / probabilities.length;
  }
}
