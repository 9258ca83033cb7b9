package io.precordia.train.metrics;

/**
 * The highest sensitivity of any threshold whose specificity is at least the asked one: a study
 * counts as positive if its score is at or above the threshold, so equal scores fall on the same
 * side (a point of the empirical ROC curve; nothing is interpolated).
 */
public final class SensitivityAtSpecificity {
  private SensitivityAtSpecificity() {}

  /**
   * @param specificity least share of the negatives that must stay below the threshold, 0 to 1
   * @return 0 to 1; NaN unless both classes are present
   */
  public static double of(double[] scores, boolean[] positive, double specificity) {
    Ranking order = Ranking.of(scores);
    int positives = order.positives(positive, 0, scores.length);
    int negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    int found = 0;
    int falseAlarms = 0;
    int best = 0;
    for (int to = scores.length; to > 0; ) {
      int from = order.tieStart(to);
      int inTie = order.positives(positive, from, to);
      found += inTie;
      falseAlarms += to - from - inTie;
      if (negatives - falseAlarms < specificity * negatives - 1e-9) {
        break;
      }
      best = found;
      to = from;
    }
    return (double) best / positives;
  }
}
