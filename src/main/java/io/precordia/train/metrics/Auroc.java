package io.precordia.train.metrics;

import java.util.Arrays;

/**
 * Area under the receiver operating characteristic: the probability that a positive scores above a
 * negative, ties counting one half (Mann–Whitney U).
 */
public final class Auroc {
  private Auroc() {}

  /**
   * @return NaN unless both classes are present
   */
  public static double of(double[] scores, boolean[] positive) {
    Ranking order = Ranking.of(scores);
    double below = 0;
    double wins = 0;
    long positives = 0;
    for (int from = 0; from < scores.length; ) {
      int to = order.tieEnd(from);
      int inTie = order.positives(positive, from, to);
      int negativesInTie = to - from - inTie;
      wins += inTie * (below + negativesInTie / 2.0);
      below += negativesInTie;
      positives += inTie;
      from = to;
    }
    return positives == 0 || below == 0 ? Double.NaN : wins / (positives * below);
  }

  /** Mean over the labels where it is defined; NaN if there is none. */
  public static double macro(double[] areas) {
    return Arrays.stream(areas).filter(a -> !Double.isNaN(a)).average().orElse(Double.NaN);
  }
}
