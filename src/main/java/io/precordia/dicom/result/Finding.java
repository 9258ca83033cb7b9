package io.precordia.dicom.result;

import org.jspecify.annotations.Nullable;

/**
 * One calibrated finding.
 *
 * @param fact stable id, for example {@code pleural-effusion}
 * @param probability that it is present, 0 to 1
 * @param score cosine with what asserts it minus cosine with what denies it, null if it was not
 *     explained
 * @param verdict what is decided by the probability
 * @param evidence where the model looked, null if it was not asked
 */
public record Finding(
    String fact,
    double probability,
    @Nullable Double score,
    Verdict verdict,
    @Nullable Evidence evidence) {
  public Finding {
    if (fact.isBlank()
        || !(probability >= 0 && probability <= 1)
        || (score != null && !Double.isFinite(score))) {
      throw new IllegalArgumentException(
          "a finding has a name, a probability and, if any, a finite score");
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
