package io.precordia.hl7.send;

import io.precordia.terminology.Code;

/**
 * A finding as it goes out.
 *
 * @param probability 0 to 1
 * @param present the verdict at the calibrated threshold
 */
public record ResultFinding(Code code, double probability, boolean present) {
  public ResultFinding {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1");
    }
  }
}
