package io.precordia.ecg;

import java.util.HashMap;
import java.util.Map;

/**
 * Anti-aliased resampling by a Kaiser-windowed sinc (beta 5, ten zero crossings each side),
 * evaluated at each output instant: for integer ratios this equals scipy.signal.resample_poly with
 * its default filter. Beyond its ends the signal is continued along the line through its first and
 * last sample. Any ratio is possible. Not thread-safe (keeps the taps of each phase).
 */
final class Resampler {
  private static final double BETA = 5;
  private static final int CROSSINGS = 10;
  private final double step;
  private final double cutoff;
  private final double half;
  private final Map<Long, double[]> phases = new HashMap<>();

  Resampler(double fromHz, double toHz) {
    this.step = fromHz / toHz;
    this.cutoff = Math.min(1, 1 / step);
    this.half = CROSSINGS * Math.max(1, step);
  }

  /** Input samples per output sample. */
  double step() {
    return step;
  }

  /**
   * Value at each output instant {@code k * step - start} (in input samples) that lies inside
   * {@code x}; others are left as they are.
   *
   * @param start input index, in the window, of {@code x[0]}
   */
  void resample(double[] x, int start, double[] out) {
    int n = x.length;
    double slope = n > 1 ? (x[n - 1] - x[0]) / (n - 1) : 0;
    double[] residual = new double[n];
    for (int j = 0; j < n; j++) {
      residual[j] = x[j] - x[0] - slope * j;
    }
    for (int k = 0; k < out.length; k++) {
      double t = k * step - start;
      if (t < -1e-9 || t > n - 1 + Math.max(0, step - 1) + 1e-9) {
        continue;
      }
      long base = (long) Math.floor(t + 1e-9);
      double[] taps = taps(t - base);
      int from = (int) (base - (taps.length - 1) / 2);
      double sum = dot(taps, Math.max(0, -from), Math.min(taps.length, n - from), residual, from);
      out[k] = sum + x[0] + slope * t;
    }
  }

  /**
   * Sum of taps[i] * values[from + i]; four partial sums, since one would wait for each addition.
   */
  private static double dot(double[] taps, int lo, int hi, double[] values, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = lo;
    for (; i + 3 < hi; i += 4) {
      s0 += taps[i] * values[from + i];
      s1 += taps[i + 1] * values[from + i + 1];
      s2 += taps[i + 2] * values[from + i + 2];
      s3 += taps[i + 3] * values[from + i + 3];
    }
    for (; i < hi; i++) {
      s0 += taps[i] * values[from + i];
    }
    return s0 + s1 + s2 + s3;
  }

  private double[] taps(double fraction) {
    return phases.computeIfAbsent(
        Math.round(Math.max(0, fraction) * 1e9), key -> kernel(key / 1e9));
  }

  private double[] kernel(double fraction) {
    int reach = (int) Math.ceil(half) + 1;
    double[] taps = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < taps.length; i++) {
      double d = fraction - (i - reach);
      double r = d / half;
      if (Math.abs(r) <= 1) {
        taps[i] = sinc(cutoff * d) * bessel0(BETA * Math.sqrt(1 - r * r));
        sum += taps[i];
      }
    }
    for (int i = 0; i < taps.length; i++) {
      taps[i] /= sum;
    }
    return taps;
  }

  private static double sinc(double x) {
    return Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /** Modified Bessel function of the first kind, order 0, by its power series. */
  private static double bessel0(double x) {
    double term = 1;
    double sum = 1;
    double q = x * x / 4;
    for (int k = 1; k < 60 && term > 1e-17 * sum; k++) {
      term *= q / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
