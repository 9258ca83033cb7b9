package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import java.util.Arrays;

/**
 * One window of signal to model input: band-pass, per-lead z-score, resampling to the model's rate.
 * Thread-safe.
 *
 * <p>Absent and flat leads become zero. Gaps (NaN) are bridged by straight lines for the filter and
 * set to zero afterwards; missing samples at either end of a lead are left out of the filter and
 * zero. Zero is the mean of a z-scored lead, so it says nothing.
 */
public final class EcgPreprocessor {
  private static final double FLAT_MILLIVOLTS = 1e-4;
  private static final double FLAT_RELATIVE = 1e-9;
  private final EcgPreprocessing constants;

  public EcgPreprocessor() {
    this(EcgPreprocessing.STANDARD);
  }

  public EcgPreprocessor(EcgPreprocessing constants) {
    this.constants = constants;
  }

  public EcgPreprocessing constants() {
    return constants;
  }

  /**
   * Model input of one window.
   *
   * @param window at most one window long (see {@link EcgWindows}); what is beyond is ignored, what
   *     lacks is zero
   * @return lead-major [12 * samples] z-scores within ±clip, every one finite
   * @throws PrecordiaException NOT_FINITE if no lead holds a usable sample
   */
  public float[] prepare(Ecg window) {
    double rate = window.rateHz();
    double high = Math.min(constants.highHz(), 0.45 * rate);
    if (high <= 2 * constants.lowHz()) {
      throw new PrecordiaException(
          ErrorCode.MISSING_CALIBRATION,
          "a sampling rate of " + rate + " Hz is too low for an ECG");
    }
    Butterworth filter = Butterworth.bandPass(constants.order(), constants.lowHz(), high, rate);
    Resampler resampler = new Resampler(rate, constants.rateHz());
    int n = constants.samples();
    int inputs = (int) Math.min(window.samples(), Math.round(n * rate / constants.rateHz()));
    float[] out = new float[12 * n];
    double flat = window.calibrated() ? FLAT_MILLIVOLTS : FLAT_RELATIVE;
    boolean any = false;
    for (int lead = 0; lead < 12; lead++) {
      if (window.present()[lead]) {
        any |= lead(window.millivolts()[lead], inputs, filter, resampler, flat, out, lead * n);
      }
    }
    if (!any) {
      throw new PrecordiaException(ErrorCode.NOT_FINITE, "the window holds no usable sample");
    }
    return out;
  }

  /**
   * Model input from an array that went through this chain before (z-scored, at the model's rate):
   * only clipped, and NaN set to zero.
   *
   * @param zScores lead-major [12 * samples]
   */
  public float[] fromZScores(float[] zScores) {
    if (zScores.length != 12 * constants.samples()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "expected 12 x " + constants.samples() + " values, got " + zScores.length);
    }
    float clip = (float) constants.clip();
    float[] out = new float[zScores.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.isNaN(zScores[i]) ? 0 : Math.clamp(zScores[i], -clip, clip);
    }
    return out;
  }

  private boolean lead(
      float[] samples,
      int inputs,
      Butterworth filter,
      Resampler resampler,
      double flat,
      float[] out,
      int at) {
    int first = 0;
    int last = inputs;
    while (first < last && !Float.isFinite(samples[first])) {
      first++;
    }
    while (last > first && !Float.isFinite(samples[last - 1])) {
      last--;
    }
    if (last - first < 2) {
      return false;
    }
    boolean[] gap = new boolean[last - first];
    double[] x = bridged(samples, first, gap);
    x = filter.zeroPhase(x);
    if (!standardise(x, gap, flat)) {
      return true;
    }
    double[] y = new double[constants.samples()];
    Arrays.fill(y, Double.NaN);
    resampler.resample(x, first, y);
    double ratio = resampler.step();
    double clip = constants.clip();
    for (int k = 0; k < y.length; k++) {
      boolean hole = masked(gap, k * ratio - first, ratio);
      out[at + k] = hole || Double.isNaN(y[k]) ? 0 : (float) Math.clamp(y[k], -clip, clip);
    }
    return true;
  }

  private static double[] bridged(float[] samples, int first, boolean[] gap) {
    double[] x = new double[gap.length];
    int previous = 0;
    for (int i = 0; i < x.length; i++) {
      float v = samples[first + i];
      if (Float.isFinite(v)) {
        x[i] = v;
        for (int j = previous + 1; j < i; j++) {
          gap[j] = true;
          x[j] = x[previous] + (x[i] - x[previous]) * (j - previous) / (i - previous);
        }
        previous = i;
      }
    }
    return x;
  }

  private static boolean standardise(double[] x, boolean[] gap, double flat) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      if (!gap[i]) {
        sum += x[i];
        n++;
      }
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      if (!gap[i]) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
    }
    double deviation = Math.sqrt(squares / n);
    if (!(deviation > flat)) {
      return false;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = (x[i] - mean) / deviation;
    }
    return true;
  }

  /**
   * Whether most of the input samples around position {@code t} that one output sample stands for
   * were missing.
   */
  private static boolean masked(boolean[] gap, double t, double ratio) {
    int from = (int) Math.max(0, Math.round(t - ratio / 2));
    int to = (int) Math.min(gap.length - 1L, Math.round(t + ratio / 2));
    int holes = 0;
    for (int i = from; i <= to; i++) {
      if (gap[i]) {
        holes++;
      }
    }
    return 2 * holes > to - from + 1;
  }
}
