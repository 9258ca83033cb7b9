package io.precordia.delivery.hl7;

import io.precordia.terminology.Code;
import org.jspecify.annotations.Nullable;

/**
 * A finding as it goes out.
 *
 * @param probability 0 to 1
 * @param present the verdict at the calibrated threshold, null if the weights abstain
 */
public record ResultFinding(Code code, double probability, @Nullable Boolean present) {
  public ResultFinding {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1");
    }
  }
}
