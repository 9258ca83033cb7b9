package io.precordia.train.metrics;

import java.util.stream.IntStream;

/** Indices in ascending order of score, with access to runs of equal scores. */
record Ranking(double[] scores, int[] order) {
  static Ranking of(double[] scores) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Double.compare(scores[a], scores[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Ranking(scores, order);
  }

  /** End (exclusive) of the run of equal scores that begins at position {@code from}. */
  int tieEnd(int from) {
    int to = from + 1;
    while (to < order.length && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }

  /** Start (inclusive) of the run of equal scores that ends before position {@code to}. */
  int tieStart(int to) {
    int from = to - 1;
    while (from > 0 && scores[order[from - 1]] == scores[order[to - 1]]) {
      from--;
    }
    return from;
  }

  int positives(boolean[] positive, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (positive[order[i]]) {
        n++;
      }
    }
    return n;
  }
}
