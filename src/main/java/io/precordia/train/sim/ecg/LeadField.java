package io.precordia.train.sim.ecg;

/**
 * From the heart vector to the leads: Dower's matrix (Dower, Machado, Osborne, Clin Cardiol 3
 * (1980) 87) for I, II and V1 to V6. III, aVR, aVL and aVF follow from I and II by Einthoven and
 * Goldberger, exactly.
 */
final class LeadField {
  private static final double[][] DOWER = {
    {0.632, -0.235, 0.059},
    {0.235, 1.066, -0.132},
    {-0.515, 0.157, -0.917},
    {0.044, 0.164, -1.387},
    {0.882, 0.098, -1.277},
    {1.213, 0.127, -0.601},
    {1.125, 0.127, -0.086},
    {0.831, 0.076, 0.230}
  };

  /** Canonical rows of the eight independent leads. */
  static final int[] INDEPENDENT = {0, 1, 6, 7, 8, 9, 10, 11};

  private final double[][] rows;

  /**
   * @param gains electrode factors of this patient for the eight independent leads, about 1
   */
  LeadField(double[] gains) {
    rows = new double[8][3];
    for (int i = 0; i < 8; i++) {
      for (int k = 0; k < 3; k++) {
        rows[i][k] = gains[i] * DOWER[i][k];
      }
    }
  }

  double project(int independent, double x, double y, double z) {
    double[] r = rows[independent];
    return r[0] * x + r[1] * y + r[2] * z;
  }

  /** Fills III, aVR, aVL and aVF from I and II. */
  static void derive(double[][] leads) {
    int n = leads[0].length;
    for (int i = 0; i < n; i++) {
      double one = leads[0][i];
      double two = leads[1][i];
      leads[2][i] = two - one;
      leads[3][i] = -(one + two) / 2;
      leads[4][i] = one - two / 2;
      leads[5][i] = two - one / 2;
    }
  }
}
