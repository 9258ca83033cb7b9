package io.precordia.train.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against values worked out by hand and against the definitions, pair by pair. */
class MetricsTest {
  private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8};
  private static final boolean[] POSITIVE = {false, false, true, true};

  @Test
  void aucAndAveragePrecisionOfTheTextbookExample() {
    assertEquals(0.75, Auroc.of(SCORES, POSITIVE), 1e-12);
    assertEquals(0.5 * 1 + 0.5 * 2 / 3, AveragePrecision.of(SCORES, POSITIVE), 1e-12);
  }

  @Test
  void aucIsTheShareOfPairsInOrderWithTiesHalf() {
    SplittableRandom random = new SplittableRandom(4);
    double[] scores = new double[60];
    boolean[] positive = new boolean[60];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(12);
      positive[i] = random.nextInt(3) == 0;
    }
    double wins = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    assertEquals(wins / pairs, Auroc.of(scores, positive), 1e-12);
    assertTrue(Double.isNaN(Auroc.of(scores, new boolean[60])));
  }

  @Test
  void precisionCountsTheBestScores() {
    assertEquals(0.5, PrecisionAtK.of(SCORES, POSITIVE, 2), 1e-12);
    assertEquals(1, PrecisionAtK.of(SCORES, POSITIVE, 1), 1e-12);
  }

  @Test
  void plattScalingFindsTheLogisticThatMadeTheData() {
    SplittableRandom random = new SplittableRandom(9);
    double[] scores = new double[20_000];
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextDouble(-3, 3);
      positive[i] = random.nextDouble() < 1 / (1 + Math.exp(-(1.5 * scores[i] - 0.5)));
    }
    PlattScaling fit = PlattScaling.fit(scores, positive);
    assertEquals(1.5, fit.slope(), 0.08);
    assertEquals(-0.5, fit.offset(), 0.08);
    double[] probabilities = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = fit.probability(scores[i]);
    }
    assertTrue(CalibrationError.expected(probabilities, positive, 10) < 0.02);
    PlattScaling apart = PlattScaling.fit(new double[] {-1, 1}, new boolean[] {false, true});
    assertTrue(Double.isFinite(apart.slope()) && apart.slope() > 0);
  }

  @Test
  void theBootstrapDrawsPatientsAndIsRepeatable() {
    List<String> patients = new ArrayList<>();
    double[] values = new double[200];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < values.length; i++) {
      patients.add("p" + i / 4);
      values[i] = i % 4 == 0 ? random.nextDouble() : values[i - 1];
    }
    ClusterBootstrap bootstrap = new ClusterBootstrap(500, 3);
    Interval a = bootstrap.interval(patients, some -> mean(values, some));
    assertEquals(a, bootstrap.interval(patients, some -> mean(values, some)));
    assertTrue(a.low() < a.value() && a.value() < a.high());
    // four equal records of a patient are one observation: the interval is that of 50, not of 200
    assertTrue(a.high() - a.low() > 0.11, () -> a.toString());
  }

  private static double mean(double[] values, int[] some) {
    double sum = 0;
    for (int i : some) {
      sum += values[i];
    }
    return sum / some.length;
  }
}
