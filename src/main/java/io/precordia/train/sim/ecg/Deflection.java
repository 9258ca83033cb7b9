package io.precordia.train.sim.ecg;

/**
 * One electrical event of a beat: the dipole rises and falls as a Gaussian in time (McSharry et
 * al., IEEE TBME 50 (2003) 289, here with a direction in space instead of one lead; the two flanks
 * may differ).
 *
 * @param centreMs time of the peak relative to the start of the beat
 * @param riseMs standard deviation of the rising flank
 * @param fallMs standard deviation of the falling flank
 * @param peak dipole at the peak, mV
 */
record Deflection(double centreMs, double riseMs, double fallMs, Vector3 peak) {
  static Deflection of(double centreMs, double widthMs, double x, double y, double z) {
    return new Deflection(centreMs, widthMs, widthMs, new Vector3(x, y, z));
  }
}
