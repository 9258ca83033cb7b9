package io.precordia.train.realism;

import io.precordia.train.baseline.EcgMeasurements;
import io.precordia.train.data.StudySample;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Simple statistics of a stored ECG: rate, irregularity, widths, peakedness, and how its power is
 * spread. Leads are z-scored, so that amplitudes are in deviations of the lead, not millivolts.
 */
final class EcgStatistics {
  private static final int LEADS = 12;
  private static final int RATE = 100;

  /** R wave of lead II among the measurements. */
  private static final int R_OF_II = 11 + 7 + 2;

  private EcgStatistics() {}

  /**
   * @param stored as in {@link StudySample#ecg()}
   */
  static Map<String, Double> of(short[] stored) {
    float[] measured = EcgMeasurements.of(stored);
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("heart rate, bpm", (double) measured[0]);
    out.put("deviation of RR over mean", (double) measured[1]);
    out.put("QRS width, ms", 1000.0 * measured[6]);
    out.put("PR (P peak to QRS), ms", 1000.0 * measured[7]);
    out.put("QRS to T peak, ms", 1000.0 * measured[8]);
    out.put("R of lead II, deviations", (double) measured[R_OF_II]);
    out.put("kurtosis of leads", kurtosis(stored));
    double[] power = bands(stored);
    double all = power[0] + power[1] + power[2] + 1e-9;
    out.put("power below 1 Hz", power[0] / all);
    out.put("power 1 to 15 Hz", power[1] / all);
    out.put("power 15 to 50 Hz", power[2] / all);
    return out;
  }

  private static double kurtosis(short[] stored) {
    int samples = stored.length / LEADS;
    double sum = 0;
    int leads = 0;
    for (int l = 0; l < LEADS; l++) {
      double second = 0;
      double fourth = 0;
      for (int t = 0; t < samples; t++) {
        double v = stored[l * samples + t] / (double) StudySample.ECG_SCALE;
        second += v * v / samples;
        fourth += v * v * v * v / samples;
      }
      if (second > 1e-6) {
        sum += fourth / (second * second);
        leads++;
      }
    }
    return leads == 0 ? 0 : sum / leads;
  }

  /** Power of lead II below 1 Hz, from 1 to 15 Hz and above, without its mean. */
  private static double[] bands(short[] stored) {
    int samples = stored.length / LEADS;
    double[] out = new double[3];
    for (int f = 1; f < samples / 2; f++) {
      double re = 0;
      double im = 0;
      for (int t = 0; t < samples; t++) {
        double phase = 2 * Math.PI * f * t / samples;
        re += stored[samples + t] * Math.cos(phase);
        im += stored[samples + t] * Math.sin(phase);
      }
      double hertz = (double) f * RATE / samples;
      out[hertz < 1 ? 0 : hertz < 15 ? 1 : 2] += re * re + im * im;
    }
    return out;
  }
}
