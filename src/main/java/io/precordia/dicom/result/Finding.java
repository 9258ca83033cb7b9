package io.precordia.dicom.result;

import org.jspecify.annotations.Nullable;

/**
 * One calibrated finding.
 *
 * @param fact stable id, for example {@code pleural-effusion}
 * @param probability that it is present, 0 to 1
 * @param score the zero-shot contrast that the probability was made of
 * @param verdict what is decided by the probability
 * @param evidence where the model looked, null if it was not asked
 */
public record Finding(
    String fact, double probability, double score, Verdict verdict, @Nullable Evidence evidence) {
  public Finding {
    if (fact.isBlank() || !(probability >= 0 && probability <= 1) || !Double.isFinite(score)) {
      throw new IllegalArgumentException("a finding has a name, a probability and a finite score");
    }
  }

  /** Decision at the coverage that the weights were calibrated for. */
  public enum Verdict {
    PRESENT,
    ABSENT,
    /** The probability is too near one half, or there is no threshold. */
    UNDECIDED
  }

  /** Words for people, as in "pleural effusion". */
  public String words() {
    return fact.replace('-', ' ');
  }
}
