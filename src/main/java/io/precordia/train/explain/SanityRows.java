package io.precordia.train.explain;

/** Rows of the table of sanity checks: rank correlation of a map with itself after a change. */
final class SanityRows {
  static final String XRAY_RANDOMISED = "X-ray, top block drawn anew";
  static final String XRAY_OTHER = "X-ray, asked for a normal chest instead";
  static final String ECG_RANDOMISED = "ECG, top block drawn anew";
  static final String ECG_OTHER = "ECG, asked for a normal ECG instead";

  private SanityRows() {}
}
