package io.precordia.train.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * L2-regularised logistic regression, each record scored by a fit that saw no record of its
 * patient. Columns are standardised by the training folds alone.
 */
public final class CrossValidated {
  private CrossValidated() {}

  /**
   * @param folds at least 2; each patient lies in one of them, at random
   * @param lambda penalty
   * @return log-odds of every record, in order
   */
  public static double[] scores(ProbeSet all, int folds, double lambda, long seed) {
    Map<String, Integer> fold = new LinkedHashMap<>();
    all.patients().forEach(p -> fold.put(p, 0));
    List<String> patients = new ArrayList<>(fold.keySet());
    Collections.shuffle(patients, new Random(seed));
    for (int i = 0; i < patients.size(); i++) {
      fold.put(patients.get(i), i % folds);
    }
    double[] out = new double[all.size()];
    for (int k = 0; k < folds; k++) {
      int held = k;
      ProbeSet train = all.only(i -> fold.getOrDefault(all.patients().get(i), 0) != held);
      Standardizer standard = new Standardizer(train);
      float[][] rows = standard.apply(train);
      LogisticRegression fit =
          LogisticRegression.fit(
              rows, train.positive(), lambda, LogisticRegression.zero(rows[0].length));
      float[][] whole = standard.apply(all);
      for (int i = 0; i < out.length; i++) {
        if (fold.getOrDefault(all.patients().get(i), 0) == held) {
          out[i] = fit.score(whole[i]);
        }
      }
    }
    return out;
  }
}
