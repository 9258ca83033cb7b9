package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.StudySample;
import io.precordia.train.text.Fact;
import io.precordia.train.text.Knowledge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores of the studies of which it is known whether they show a fact.
 *
 * @param patients patient of each study
 * @param scores as the caller made them
 * @param present whether the fact is there
 */
record KnownAnswers(List<String> patients, double[] scores, boolean[] present) {
  /** Leaves out the studies that say nothing about the fact. */
  static KnownAnswers of(Fact fact, Modality modality, List<StudySample> studies, double[] all) {
    List<String> patients = new ArrayList<>();
    double[] scores = new double[all.length];
    boolean[] present = new boolean[all.length];
    for (int i = 0; i < all.length; i++) {
      Knowledge known = studies.get(i).knowledge(modality);
      boolean yes = known.present().get(fact.index());
      if (yes || known.absent().get(fact.index())) {
        scores[patients.size()] = all[i];
        present[patients.size()] = yes;
        patients.add(studies.get(i).patient());
      }
    }
    int n = patients.size();
    return new KnownAnswers(patients, Arrays.copyOf(scores, n), Arrays.copyOf(present, n));
  }

  int positives() {
    int n = 0;
    for (boolean p : present) {
      n += p ? 1 : 0;
    }
    return n;
  }
}
