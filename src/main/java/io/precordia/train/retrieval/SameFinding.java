package io.precordia.train.retrieval;

import io.precordia.train.eval.Figure;
import io.precordia.train.eval.Gallery;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.metrics.PrecisionAtK;
import io.precordia.train.text.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Precision@10 by finding when the query's own partner is taken out of the gallery: the share of
 * the first ten that show the finding of the query. A query with several findings is asked once for
 * each.
 */
public final class SameFinding {
  private static final int K = 10;
  private static final int LEAST = 10;
  private final ClusterBootstrap bootstrap;

  public SameFinding(ClusterBootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /**
   * Mean over findings of the mean over the queries that have it.
   *
   * @param queries unit vectors; query i belongs to gallery study i
   * @param facts findings of the gallery's modality
   */
  public Figure figure(String task, float[][] queries, Gallery gallery, List<Fact> facts) {
    int n = queries.length;
    List<boolean[]> present = new ArrayList<>();
    double chance = 0;
    for (Fact fact : facts) {
      boolean[] here = gallery.present(fact);
      if (count(here) >= LEAST) {
        present.add(here);
        chance += (count(here) - 1.0) / (n - 1);
      }
    }
    double[][] precision =
        IntStream.range(0, n)
            .parallel()
            .mapToObj(i -> precision(i, queries[i], gallery.vectors(), present))
            .toArray(double[][]::new);
    List<String> patients = gallery.studies().stream().map(s -> s.patient()).toList();
    return new Figure(
        task,
        "mean precision@10",
        n - 1,
        0,
        bootstrap.interval(patients, some -> macro(some, precision, present.size())),
        present.isEmpty() ? Double.NaN : chance / present.size());
  }

  /** By finding; NaN where the query does not have it. */
  private static double[] precision(
      int query, float[] vector, float[][] gallery, List<boolean[]> present) {
    double[] scores = PartnerRetrieval.scores(vector, gallery);
    double[] others = new double[scores.length - 1];
    System.arraycopy(scores, 0, others, 0, query);
    System.arraycopy(scores, query + 1, others, query, others.length - query);
    double[] out = new double[present.size()];
    Arrays.fill(out, Double.NaN);
    for (int f = 0; f < out.length; f++) {
      boolean[] all = present.get(f);
      if (all[query]) {
        boolean[] relevant = new boolean[others.length];
        System.arraycopy(all, 0, relevant, 0, query);
        System.arraycopy(all, query + 1, relevant, query, relevant.length - query);
        out[f] = PrecisionAtK.of(others, relevant, K);
      }
    }
    return out;
  }

  private static double macro(int[] some, double[][] precision, int facts) {
    double total = 0;
    int defined = 0;
    for (int f = 0; f < facts; f++) {
      double sum = 0;
      int asked = 0;
      for (int i : some) {
        if (!Double.isNaN(precision[i][f])) {
          sum += precision[i][f];
          asked++;
        }
      }
      if (asked > 0) {
        total += sum / asked;
        defined++;
      }
    }
    return defined == 0 ? Double.NaN : total / defined;
  }

  private static int count(boolean[] present) {
    int n = 0;
    for (boolean p : present) {
      n += p ? 1 : 0;
    }
    return n;
  }
}
