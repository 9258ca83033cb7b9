package io.precordia.train.metrics;

import java.util.Arrays;

/**
 * When a calibrated probability is too near one half to decide: the confidence is |p − ½|, and
 * below a threshold no answer is given (selective classification, El-Yaniv and Wiener 2010).
 *
 * @param coverage share of the studies that the threshold was chosen to answer, 0 to 1
 * @param threshold least confidence of an answer, 0 to ½
 */
public record Abstention(double coverage, double threshold) {
  public Abstention {
    if (!(coverage > 0 && coverage <= 1 && threshold >= 0 && threshold <= 0.5)) {
      throw new IllegalArgumentException("abstention: coverage in (0, 1], threshold in [0, 0.5]");
    }
  }

  /** The largest threshold that still answers at least {@code coverage} of the given studies. */
  public static Abstention fit(double[] probabilities, double coverage) {
    double[] confidence = new double[probabilities.length];
    for (int i = 0; i < confidence.length; i++) {
      confidence[i] = Math.abs(probabilities[i] - 0.5);
    }
    Arrays.sort(confidence);
    int left = (int) Math.floor((1 - coverage) * confidence.length + 1e-9);
    return new Abstention(
        coverage, confidence.length == 0 ? 0 : confidence[Math.min(left, confidence.length - 1)]);
  }

  public boolean answers(double probability) {
    return Math.abs(probability - 0.5) >= threshold;
  }
}
