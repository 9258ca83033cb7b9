package io.precordia.train.baseline;

import io.precordia.train.data.StudySample;
import java.util.Arrays;

/**
 * Classic measurements of a stored ECG: heart rate, irregularity of the RR intervals, QRS width, PR
 * and QT, and for each lead the waves of the median beat (P, Q, R, S, ST level, T), with the
 * frontal axis. The signals are z-scored, so amplitudes are relative to the lead's own deviation
 * and the axis is only a hint. A simple delineator, good enough for a baseline; 100 samples a
 * second.
 */
public final class EcgMeasurements {
  private static final int LEADS = 12;
  private static final double RATE = 100;
  private static final int BEFORE = 30;
  private static final int AFTER = 45;
  private static final int LENGTH = BEFORE + AFTER;

  /** Leads I and aVF. */
  private static final int[] FRONTAL = {0, 5};

  private static final int GLOBAL = 11;
  private static final int PER_LEAD = 7;

  /** Number of measurements. */
  public static final int WIDTH = GLOBAL + PER_LEAD * LEADS;

  private EcgMeasurements() {}

  /**
   * @param stored [12·samples] z-scores times {@link StudySample#ECG_SCALE}, lead-major
   */
  public static float[] of(short[] stored) {
    int samples = stored.length / LEADS;
    double[][] leads = new double[LEADS][samples];
    for (int l = 0; l < LEADS; l++) {
      for (int t = 0; t < samples; t++) {
        leads[l][t] = stored[l * samples + t] / (double) StudySample.ECG_SCALE;
      }
    }
    double[] slope = slope(leads);
    int[] peaks = new RPeaks(slope).find();
    double[][] beat = new double[LEADS][];
    for (int l = 0; l < LEADS; l++) {
      beat[l] = medianBeat(leads[l], peaks);
    }
    float[] out = new float[WIDTH];
    rhythm(peaks, out);
    double[] activity = medianBeat(slope, peaks);
    int onset = edge(activity, -1);
    int offset = edge(activity, 1);
    int p = largest(sumOfAbs(beat), Math.max(0, onset - 20), Math.max(1, onset - 2));
    int t = largest(sumOfAbs(beat), Math.min(LENGTH - 2, offset + 8), LENGTH);
    out[6] = (float) ((offset - onset) / RATE);
    out[7] = (float) ((onset - p) / RATE);
    out[8] = (float) ((t - onset) / RATE);
    double x = net(beat[FRONTAL[0]], onset, offset);
    double y = net(beat[FRONTAL[1]], onset, offset);
    double length = Math.max(1e-9, Math.hypot(x, y));
    out[9] = (float) (x / length);
    out[10] = (float) (y / length);
    for (int l = 0; l < LEADS; l++) {
      waves(beat[l], onset, offset, out, GLOBAL + PER_LEAD * l);
    }
    return out;
  }

  /** Rate, deviation, successive differences, share of long steps, extremes. */
  private static void rhythm(int[] peaks, float[] out) {
    if (peaks.length < 3) {
      return;
    }
    double[] rr = new double[peaks.length - 1];
    for (int i = 0; i < rr.length; i++) {
      rr[i] = (peaks[i + 1] - peaks[i]) / RATE;
    }
    double mean = Arrays.stream(rr).average().orElse(1);
    double square = 0;
    double steps = 0;
    double longSteps = 0;
    for (int i = 0; i < rr.length; i++) {
      square += (rr[i] - mean) * (rr[i] - mean);
      if (i > 0) {
        double step = rr[i] - rr[i - 1];
        steps += step * step;
        longSteps += Math.abs(step) > 0.05 ? 1 : 0;
      }
    }
    out[0] = (float) (60 / mean);
    out[1] = (float) (Math.sqrt(square / rr.length) / mean);
    out[2] = (float) (Math.sqrt(steps / Math.max(1, rr.length - 1)) / mean);
    out[3] = (float) (longSteps / Math.max(1, rr.length - 1));
    out[4] = (float) (Arrays.stream(rr).min().orElse(mean) / mean);
    out[5] = (float) (Arrays.stream(rr).max().orElse(mean) / mean);
  }

  /** P, Q, R, S, ST level 60 ms behind the end of QRS, T (signed), area of QRS. */
  private static void waves(double[] beat, int onset, int offset, float[] out, int at) {
    double base = beat[Math.max(0, onset - 2)];
    int r = largest(beat, onset, offset + 1);
    out[at] = (float) (signed(beat, Math.max(0, onset - 20), Math.max(1, onset - 2)) - base);
    out[at + 1] = (float) (least(beat, onset, Math.max(onset + 1, r)) - base);
    out[at + 2] = (float) (beat[r] - base);
    out[at + 3] = (float) (least(beat, r, offset + 1) - base);
    out[at + 4] = (float) (beat[Math.min(LENGTH - 1, offset + 6)] - base);
    out[at + 5] = (float) (signed(beat, Math.min(LENGTH - 2, offset + 8), LENGTH) - base);
    out[at + 6] = (float) net(beat, onset, offset);
  }

  private static double[] slope(double[][] leads) {
    int samples = leads[0].length;
    double[] out = new double[samples];
    for (double[] lead : leads) {
      for (int t = 1; t < samples - 1; t++) {
        out[t] += Math.abs(lead[t + 1] - lead[t - 1]);
      }
    }
    return out;
  }

  private static double[] medianBeat(double[] signal, int[] peaks) {
    double[] out = new double[LENGTH];
    double[] column = new double[peaks.length];
    for (int i = 0; i < LENGTH; i++) {
      int n = 0;
      for (int peak : peaks) {
        int t = peak - BEFORE + i;
        if (t >= 0 && t < signal.length) {
          column[n++] = signal[t];
        }
      }
      if (n > 0) {
        Arrays.sort(column, 0, n);
        out[i] = column[n / 2];
      }
    }
    return out;
  }

  /** Where the activity around R falls below an eighth of its largest value, going one way. */
  private static int edge(double[] activity, int direction) {
    double largest = Arrays.stream(activity).max().orElse(0);
    int i = BEFORE;
    while (i > 3 && i < LENGTH - 10 && activity[i] > largest / 8) {
      i += direction;
    }
    return i;
  }

  private static double[] sumOfAbs(double[][] beat) {
    double[] out = new double[LENGTH];
    for (double[] lead : beat) {
      for (int i = 0; i < LENGTH; i++) {
        out[i] += Math.abs(lead[i]);
      }
    }
    return out;
  }

  private static double net(double[] beat, int from, int to) {
    double sum = 0;
    for (int i = from; i <= to; i++) {
      sum += beat[i];
    }
    return sum;
  }

  private static int largest(double[] x, int from, int to) {
    int best = Math.min(from, x.length - 1);
    for (int i = from; i < Math.min(to, x.length); i++) {
      best = x[i] > x[best] ? i : best;
    }
    return best;
  }

  private static double least(double[] x, int from, int to) {
    return Arrays.stream(x, from, Math.min(Math.max(to, from + 1), x.length)).min().orElse(0);
  }

  /** The value with the largest magnitude. */
  private static double signed(double[] x, int from, int to) {
    double best = 0;
    for (int i = from; i < to; i++) {
      best = Math.abs(x[i]) > Math.abs(best) ? x[i] : best;
    }
    return best;
  }
}
