package io.precordia.train.metrics;

/**
 * Where the one right item of a query stands in a ranked gallery. Items that score the same as it
 * (for example identical reports) stand before or after it with equal chance, so every value is the
 * expectation over their orders.
 *
 * @param better items that score above it
 * @param tied other items that score the same
 */
public record PartnerRank(int better, int tied) {
  /**
   * @param scores of the whole gallery
   * @param partner index of the right item
   */
  public static PartnerRank of(double[] scores, int partner) {
    int better = 0;
    int tied = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > scores[partner]) {
        better++;
      } else if (i != partner && scores[i] == scores[partner]) {
        tied++;
      }
    }
    return new PartnerRank(better, tied);
  }

  /** Chance that it is among the first k (recall@k of one query), 0 to 1. */
  public double recall(int k) {
    return Math.clamp((double) (k - better) / (tied + 1), 0, 1);
  }

  /** Expected 1/rank; its mean over queries is the mean reciprocal rank. */
  public double reciprocal() {
    double sum = 0;
    for (int rank = better + 1; rank <= better + tied + 1; rank++) {
      sum += 1.0 / rank;
    }
    return sum / (tied + 1);
  }
}
