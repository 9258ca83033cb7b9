package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;

/**
 * From the heart vector to the leads: Dower's matrix (Dower, Machado, Osborne, Clin Cardiol 3
 * (1980) 87) for I, II and V1 to V6, varied for the patient's torso and electrode places. III, aVR,
 * aVL and aVF follow from I and II by Einthoven and Goldberger, exactly.
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

  /** aVF is measured against the mean of two limbs; this brings it to the scale of lead I. */
  private static final double GOLDBERGER = 1.1547005383792517;

  /** Canonical rows of the eight independent leads. */
  static final int[] INDEPENDENT = {0, 1, 6, 7, 8, 9, 10, 11};

  private final double[][] rows;

  LeadField(ChestState state) {
    SimRandom r = state.random("electrodes");
    rows = new double[8][3];
    for (int i = 0; i < 8; i++) {
      double gain = r.around(1.0, i < 2 ? 0.03 : 0.09);
      double stray = i < 2 ? 0.015 : 0.05;
      for (int k = 0; k < 3; k++) {
        rows[i][k] = gain * DOWER[i][k] + r.around(0, stray);
      }
    }
  }

  double project(int independent, double x, double y, double z) {
    double[] r = rows[independent];
    return r[0] * x + r[1] * y + r[2] * z;
  }

  /** Frontal axis in degrees of a vector, or of an area, as lead I and aVF see it. */
  double axisDegrees(double x, double y, double z) {
    double one = project(0, x, y, z);
    double foot = (project(1, x, y, z) - one / 2) * GOLDBERGER;
    return StrictMath.toDegrees(StrictMath.atan2(foot, one));
  }

  /** The eight independent leads of a heart vector in the twelve rows; then {@link #derive}. */
  double[][] leads(Dipole d) {
    int n = d.x.length;
    double[][] out = new double[12][n];
    for (int k = 0; k < 8; k++) {
      double[] lead = out[INDEPENDENT[k]];
      for (int i = 0; i < n; i++) {
        lead[i] = project(k, d.x[i], d.y[i], d.z[i]);
      }
    }
    return out;
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

  /** Right and left arm electrodes exchanged: I inverted, II with III and aVR with aVL. */
  static void reverseArms(double[][] leads) {
    double[] one = leads[0];
    for (int i = 0; i < one.length; i++) {
      one[i] = -one[i];
    }
    double[] two = leads[1];
    leads[1] = leads[2];
    leads[2] = two;
    double[] right = leads[3];
    leads[3] = leads[4];
    leads[4] = right;
  }
}
