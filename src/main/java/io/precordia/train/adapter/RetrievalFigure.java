package io.precordia.train.adapter;

import io.precordia.study.Modality;
import io.precordia.train.metrics.PrecisionAtK;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well the validation pairs find each other. Relevant to a query is its own partner, and
 * whatever belongs to an equal report.
 *
 * @param modality {@code xray} or {@code ecg}
 * @param direction {@code report-to-image} or {@code image-to-report}
 * @param queries queries, and size of the gallery
 * @param k first results that are looked at
 * @param base without the adapter
 * @param adapted query and gallery under the adapter
 * @param served as the service searches: the query under the adapter, the gallery without
 */
public record RetrievalFigure(
    String modality,
    String direction,
    int queries,
    int k,
    Scores base,
    Scores adapted,
    Scores served) {
  private static final int[] CUTS = {1, 5, 10};

  /** Means over the queries. */
  public record Scores(double precision, double recall) {}

  static List<RetrievalFigure> of(Modality modality, PairVectors base, PairVectors adapted) {
    List<RetrievalFigure> out = new ArrayList<>();
    String name = modality.name().toLowerCase(Locale.ROOT);
    long[] groups = base.groups();
    for (int k : CUTS) {
      if (k >= groups.length) {
        continue; // everything would be found
      }
      out.add(
          new RetrievalFigure(
              name,
              "report-to-image",
              groups.length,
              k,
              scores(base.texts(), base.images(), groups, k),
              scores(adapted.texts(), adapted.images(), groups, k),
              scores(adapted.texts(), base.images(), groups, k)));
      out.add(
          new RetrievalFigure(
              name,
              "image-to-report",
              groups.length,
              k,
              scores(base.images(), base.texts(), groups, k),
              scores(adapted.images(), adapted.texts(), groups, k),
              scores(adapted.images(), base.texts(), groups, k)));
    }
    return out;
  }

  private static Scores scores(float[][] queries, float[][] gallery, long[] groups, int k) {
    double precision = 0;
    double recall = 0;
    for (int i = 0; i < queries.length; i++) {
      boolean[] relevant = new boolean[groups.length];
      int total = 0;
      for (int j = 0; j < groups.length; j++) {
        relevant[j] = groups[j] == groups[i];
        total += relevant[j] ? 1 : 0;
      }
      double share = PrecisionAtK.of(PairVectors.scores(queries[i], gallery), relevant, k);
      precision += share;
      recall += share * k / total;
    }
    return new Scores(precision / queries.length, recall / queries.length);
  }
}
