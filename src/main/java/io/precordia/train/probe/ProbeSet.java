package io.precordia.train.probe;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Records of one split with frozen features and the answers to one question.
 *
 * @param patients patient of each record
 * @param groups group of each record within which features are standardised and ranked, for example
 *     the view; the same for all where there is none
 * @param features [records][width]
 * @param positive answers
 */
public record ProbeSet(
    List<String> patients, List<String> groups, float[][] features, boolean[] positive) {
  public ProbeSet {
    patients = List.copyOf(patients);
    groups = List.copyOf(groups);
  }

  public int size() {
    return positive.length;
  }

  /** The records whose index passes. */
  public ProbeSet only(IntPredicate keep) {
    int[] kept = IntStream.range(0, size()).filter(keep).toArray();
    boolean[] answers = new boolean[kept.length];
    float[][] rows = new float[kept.length][];
    for (int i = 0; i < kept.length; i++) {
      answers[i] = positive[kept[i]];
      rows[i] = features[kept[i]];
    }
    return new ProbeSet(
        IntStream.of(kept).mapToObj(patients::get).toList(),
        IntStream.of(kept).mapToObj(groups::get).toList(),
        rows,
        answers);
  }
}
