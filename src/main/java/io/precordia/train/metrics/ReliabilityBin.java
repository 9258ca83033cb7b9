package io.precordia.train.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One bin of a reliability diagram.
 *
 * @param low lower border of the bin, inclusive
 * @param count studies in it
 * @param predicted their mean probability; NaN in an empty bin
 * @param observed share of them that is positive; NaN in an empty bin
 */
public record ReliabilityBin(double low, int count, double predicted, double observed) {
  /** Bins of equal width over [0, 1]; a probability of 1 belongs to the last. */
  public static List<ReliabilityBin> of(double[] probabilities, boolean[] positive, int bins) {
    double[] sum = new double[bins];
    int[] found = new int[bins];
    int[] count = new int[bins];
    for (int i = 0; i < probabilities.length; i++) {
      int bin = Math.min(bins - 1, (int) (probabilities[i] * bins));
      sum[bin] += probabilities[i];
      found[bin] += positive[i] ? 1 : 0;
      count[bin]++;
    }
    List<ReliabilityBin> out = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      boolean empty = count[b] == 0;
      out.add(
          new ReliabilityBin(
              (double) b / bins,
              count[b],
              empty ? Double.NaN : sum[b] / count[b],
              empty ? Double.NaN : (double) found[b] / count[b]));
    }
    return out;
  }
}
