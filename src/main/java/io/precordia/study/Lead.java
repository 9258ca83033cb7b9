package io.precordia.study;

/**
 * The twelve standard leads in canonical order; {@code ordinal()} is the row of {@link
 * Ecg#millivolts()}.
 */
public enum Lead {
  I,
  II,
  III,
  AVR,
  AVL,
  AVF,
  V1,
  V2,
  V3,
  V4,
  V5,
  V6
}
