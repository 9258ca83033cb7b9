package io.precordia.train.probe;

import io.precordia.train.metrics.Auroc;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * L2-regularised logistic regression on frozen features. λ, and the feature space where there are
 * several, is the one with the best AUROC on the validation split (mean within groups); the test
 * split is only scored.
 *
 * @param space name of the chosen feature space
 * @param lambda chosen penalty
 * @param validation AUROC that it was chosen by
 * @param scores log-odds of the test records
 */
public record LinearProbe(String space, double lambda, double validation, double[] scores) {
  private static final double[] LAMBDAS = {3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};

  /** One feature space with its three splits, records in the same order in every space. */
  public record Space(ProbeSet train, ProbeSet val, ProbeSet test) {}

  /** Tries every space with every λ. */
  public static LinearProbe fit(Map<String, Space> spaces) {
    Map<String, LinearProbe> best = new LinkedHashMap<>();
    spaces.forEach((name, space) -> best.put(name, fit(name, space)));
    return best.values().stream()
        .max((a, b) -> Double.compare(a.validation, b.validation))
        .orElseThrow();
  }

  /** Tries every λ in one space. */
  public static LinearProbe fit(String name, Space space) {
    Standardizer standard = new Standardizer(space.train);
    float[][] train = standard.apply(space.train);
    float[][] val = standard.apply(space.val);
    LogisticRegression fit = LogisticRegression.zero(train[0].length);
    LogisticRegression best = fit;
    double bestArea = -1;
    double bestLambda = LAMBDAS[0];
    for (double lambda : LAMBDAS) {
      fit = LogisticRegression.fit(train, space.train.positive(), lambda, fit);
      double area = within(space.val, scores(fit, val));
      if (area > bestArea) {
        bestArea = area;
        bestLambda = lambda;
        best = fit;
      }
    }
    return new LinearProbe(name, bestLambda, bestArea, scores(best, standard.apply(space.test)));
  }

  /** Mean over groups of the AUROC within them; NaN where none has both classes. */
  public static double within(ProbeSet set, double[] scores) {
    return Auroc.macro(
        new LinkedHashSet<>(set.groups())
            .stream()
                .mapToDouble(
                    group -> {
                      int[] here =
                          IntStream.range(0, set.size())
                              .filter(i -> set.groups().get(i).equals(group))
                              .toArray();
                      boolean[] positive = new boolean[here.length];
                      for (int i = 0; i < here.length; i++) {
                        positive[i] = set.positive()[here[i]];
                      }
                      return Auroc.of(
                          Arrays.stream(here).mapToDouble(i -> scores[i]).toArray(), positive);
                    })
                .toArray());
  }

  private static double[] scores(LogisticRegression fit, float[][] rows) {
    return Arrays.stream(rows).mapToDouble(fit::score).toArray();
  }
}
