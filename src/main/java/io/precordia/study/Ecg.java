package io.precordia.study;

/**
 * A 12-lead ECG in canonical lead order.
 *
 * @param millivolts [12][samples] in {@link Lead} order; NaN where a sample is missing; rows of
 *     absent leads are all NaN
 * @param present for each lead, whether it was recorded or derived by Einthoven/Goldberger
 * @param derived for each lead, whether it was derived rather than recorded
 * @param rateHz samples per second, above 0
 * @param calibrated false where the source carries no voltage (z-scored arrays): amplitudes are
 *     then relative
 */
public record Ecg(
    float[][] millivolts, boolean[] present, boolean[] derived, double rateHz, boolean calibrated)
    implements Content {
  public Ecg {
    if (millivolts.length != 12 || present.length != 12 || derived.length != 12 || !(rateHz > 0)) {
      throw new IllegalArgumentException("ecg: 12 leads and a positive rate are required");
    }
  }

  public int samples() {
    return millivolts[0].length;
  }

  public double seconds() {
    return samples() / rateHz;
  }

  @Override
  public Modality modality() {
    return Modality.ECG;
  }
}
