package io.precordia.train.metrics;

/**
 * Area under the precision–recall curve as average precision: Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct
 * thresholds, from the highest score down. Its chance level is the prevalence.
 */
public final class AveragePrecision {
  private AveragePrecision() {}

  /**
   * @return NaN without a positive
   */
  public static double of(double[] scores, boolean[] positive) {
    Ranking order = Ranking.of(scores);
    int total = order.positives(positive, 0, scores.length);
    double area = 0;
    int found = 0;
    for (int to = scores.length; to > 0; ) {
      int from = order.tieStart(to);
      int inTie = order.positives(positive, from, to);
      found += inTie;
      area += (double) inTie / total * found / (scores.length - from);
      to = from;
    }
    return total == 0 ? Double.NaN : area;
  }
}
