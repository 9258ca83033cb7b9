package io.precordia.ecg;

import io.precordia.study.Lead;

/**
 * Einthoven's and Goldberger's equations: the six limb leads span two dimensions, so any two of
 * them give the other four. Precordial leads are independent and never derived.
 */
final class LimbLeads {
  static final int COUNT = 6;

  /** Each limb lead as a combination of I and II, in {@link Lead} order. */
  private static final double[][] OF_I_II = {
    {1, 0}, {0, 1}, {-1, 1}, {-0.5, -0.5}, {1, -0.5}, {-0.5, 1}
  };

  private LimbLeads() {}

  /**
   * Fills absent limb leads of {@code millivolts} where two others are present; samples missing in
   * either source stay NaN.
   */
  static void derive(float[][] millivolts, boolean[] present, boolean[] derived) {
    int first = -1;
    int second = -1;
    for (int i = 0; i < COUNT; i++) {
      if (present[i]) {
        if (first < 0) {
          first = i;
        } else if (second < 0) {
          second = i;
        }
      }
    }
    if (second < 0) {
      return;
    }
    double[] a = OF_I_II[first];
    double[] b = OF_I_II[second];
    double det = a[0] * b[1] - a[1] * b[0];
    for (int lead = 0; lead < COUNT; lead++) {
      if (!present[lead]) {
        double[] t = OF_I_II[lead];
        double wa = (t[0] * b[1] - t[1] * b[0]) / det;
        double wb = (a[0] * t[1] - a[1] * t[0]) / det;
        for (int s = 0; s < millivolts[lead].length; s++) {
          millivolts[lead][s] = (float) (wa * millivolts[first][s] + wb * millivolts[second][s]);
        }
        derived[lead] = true;
      }
    }
    for (int lead = 0; lead < COUNT; lead++) {
      present[lead] |= derived[lead];
    }
  }
}
