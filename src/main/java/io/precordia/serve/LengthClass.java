package io.precordia.serve;

import io.precordia.study.Modality;

/**
 * What may share a pass: items of one modality whose lengths lie between the same powers of two, so
 * that padding to the longest never doubles a pass (lengths up to 16 are one class).
 *
 * @param ceiling the power of two, 16 or more, that no item of the class exceeds
 */
record LengthClass(Modality modality, int ceiling) {
  private static final int LEAST = 16;

  static LengthClass of(Modality modality, int tokens) {
    int above = Integer.highestOneBit(Math.clamp(tokens - 1, 1, 1 << 29)) << 1;
    return new LengthClass(modality, Math.max(LEAST, above));
  }
}
