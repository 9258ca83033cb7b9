package io.precordia.train.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap that draws whole patients, since records of one patient are not independent.
 * Deterministic by seed.
 */
public final class ClusterBootstrap {
  private final int resamples;
  private final long seed;

  public ClusterBootstrap(int resamples, long seed) {
    this.resamples = resamples;
    this.seed = seed;
  }

  /**
   * @param patients patient of each record
   * @param statistic value of a multiset of record indices; NaN where undefined
   */
  public Interval interval(List<String> patients, ToDoubleFunction<int[]> statistic) {
    Map<String, List<Integer>> byPatient = new LinkedHashMap<>();
    for (int i = 0; i < patients.size(); i++) {
      byPatient.computeIfAbsent(patients.get(i), k -> new ArrayList<>()).add(i);
    }
    int[][] clusters =
        byPatient.values().stream()
            .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    int[] all = new int[patients.size()];
    Arrays.setAll(all, i -> i);
    double value = statistic.applyAsDouble(all);
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[resamples];
    int defined = 0;
    for (int r = 0; r < resamples; r++) {
      double v = statistic.applyAsDouble(draw(clusters, random));
      if (!Double.isNaN(v)) {
        values[defined++] = v;
      }
    }
    double[] sorted = Arrays.copyOf(values, defined);
    Arrays.sort(sorted);
    return defined == 0
        ? new Interval(value, Double.NaN, Double.NaN, 0)
        : new Interval(value, quantile(sorted, 0.025), quantile(sorted, 0.975), defined);
  }

  private static int[] draw(int[][] clusters, SplittableRandom random) {
    int[][] drawn = new int[clusters.length][];
    int size = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = clusters[random.nextInt(clusters.length)];
      size += drawn[i].length;
    }
    int[] out = new int[size];
    int at = 0;
    for (int[] c : drawn) {
      System.arraycopy(c, 0, out, at, c.length);
      at += c.length;
    }
    return out;
  }

  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
  }
}
