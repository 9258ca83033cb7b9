package io.precordia.train.retrieval;

import io.precordia.train.eval.Figure;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.metrics.Interval;
import io.precordia.train.metrics.PartnerRank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often the right partner of a query is among the first k of a gallery: the query's own
 * radiograph, ECG or report, and nothing else, counts.
 */
public final class PartnerRetrieval {
  private static final int[] KS = {1, 5, 10};
  private final ClusterBootstrap bootstrap;

  public PartnerRetrieval(ClusterBootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /**
   * Recall at 1, 5 and 10 and mean reciprocal rank. Intervals draw queries; the gallery stays.
   *
   * @param queries unit vectors; the partner of query i is gallery item i
   * @param asked which queries are asked; all gallery items stay
   */
  public List<Figure> figures(
      String task, float[][] queries, float[][] gallery, List<String> patients, int[] asked) {
    PartnerRank[] ranks =
        Arrays.stream(asked)
            .parallel()
            .mapToObj(i -> PartnerRank.of(scores(queries[i], gallery), i))
            .toArray(PartnerRank[]::new);
    List<String> owners = Arrays.stream(asked).mapToObj(patients::get).toList();
    List<Figure> out = new ArrayList<>();
    for (int k : KS) {
      out.add(
          new Figure(
              task,
              "R@" + k,
              gallery.length,
              asked.length,
              mean(ranks, owners, r -> r.recall(k)),
              Math.min(1, (double) k / gallery.length)));
    }
    double chance =
        IntStream.rangeClosed(1, gallery.length).mapToDouble(r -> 1.0 / r).sum() / gallery.length;
    out.add(
        new Figure(
            task,
            "MRR",
            gallery.length,
            asked.length,
            mean(ranks, owners, PartnerRank::reciprocal),
            chance));
    return out;
  }

  private Interval mean(
      PartnerRank[] ranks, List<String> owners, ToDoubleFunction<PartnerRank> value) {
    double[] values = Arrays.stream(ranks).mapToDouble(value).toArray();
    return bootstrap.interval(
        owners,
        some -> Arrays.stream(some).mapToDouble(i -> values[i]).average().orElse(Double.NaN));
  }

  static double[] scores(float[] query, float[][] gallery) {
    double[] out = new double[gallery.length];
    for (int i = 0; i < out.length; i++) {
      for (int d = 0; d < query.length; d++) {
        out[i] += (double) query[d] * gallery[i][d];
      }
    }
    return out;
  }
}
