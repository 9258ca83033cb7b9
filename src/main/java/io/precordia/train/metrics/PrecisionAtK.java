package io.precordia.train.metrics;

/**
 * Share of relevant items among the k highest scores. Items tied at the border count with the
 * probability of being drawn, so the value does not depend on their order.
 */
public final class PrecisionAtK {
  private PrecisionAtK() {}

  /**
   * @param k at least 1; more than there are items means all of them
   */
  public static double of(double[] scores, boolean[] relevant, int k) {
    Ranking order = Ranking.of(scores);
    int wanted = Math.min(k, scores.length);
    double found = 0;
    int taken = 0;
    for (int to = scores.length; to > 0 && taken < wanted; ) {
      int from = order.tieStart(to);
      int take = Math.min(wanted - taken, to - from);
      found += (double) order.positives(relevant, from, to) * take / (to - from);
      taken += take;
      to = from;
    }
    return wanted == 0 ? Double.NaN : found / wanted;
  }
}
