package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the chain does to sines, gaps, flat and absent leads; PtbXlTest compares it with a reference
 * on real records.
 */
class EcgPreprocessorTest {
  private final EcgPreprocessor preprocessor = new EcgPreprocessor();

  private interface Wave {
    double at(double seconds, int lead);
  }

  private static Ecg ecg(double rate, double seconds, Wave wave) {
    int n = (int) Math.round(rate * seconds);
    float[][] mv = new float[12][n];
    for (int lead = 0; lead < 12; lead++) {
      for (int i = 0; i < n; i++) {
        mv[lead][i] = (float) wave.at(i / rate, lead);
      }
    }
    boolean[] all = new boolean[12];
    Arrays.fill(all, true);
    return new Ecg(mv, all, new boolean[12], rate, true);
  }

  private static double sine(double hz, double t) {
    return Math.sin(2 * Math.PI * hz * t);
  }

  /** A 5 Hz burst in the band, silent at the window's ends where every high-pass settles. */
  private static double burst(double t) {
    return sine(5, t) * Math.pow(Math.sin(Math.PI * t / 10), 2);
  }

  /** Root mean square of {@link #burst} over the window: (1/2 * 3/8) under the root. */
  private static final double BURST_RMS = Math.sqrt(3.0 / 16);

  /** The burst comes out as the same burst, whatever the rate it was recorded at, with no delay. */
  @ParameterizedTest
  @ValueSource(doubles = {100, 125, 250, 257, 300, 360, 500, 977.5, 1000, 2000})
  void rateDoesNotMatter(double rate) {
    float[] out = preprocessor.prepare(ecg(rate, 10, (t, lead) -> 3 + 0.2 * burst(t)));
    for (int lead = 0; lead < 12; lead++) {
      for (int k = 0; k < 1000; k++) {
        assertEquals(burst(k / 100.0) / BURST_RMS, out[lead * 1000 + k], 0.01);
      }
    }
  }

  @Test
  void driftAndMainsAreRemoved() {
    float[] clean = preprocessor.prepare(ecg(500, 10, (t, lead) -> burst(t)));
    float[] noisy =
        preprocessor.prepare(
            ecg(
                500,
                10,
                (t, lead) ->
                    burst(t) + 0.5 * sine(0.05, t) + 0.5 * sine(80, t) + 0.5 * sine(150, t)));
    double dot = 0;
    double cc = 0;
    double nn = 0;
    for (int k = 0; k < 1000; k++) {
      dot += clean[k] * noisy[k];
      cc += clean[k] * clean[k];
      nn += noisy[k] * noisy[k];
    }
    // unfiltered, the disturbances would leave a correlation of 0.64; what is left is the settling
    // at the edges
    assertTrue(dot / Math.sqrt(cc * nn) > 0.94, "correlation " + dot / Math.sqrt(cc * nn));
  }

  @Test
  void frequencyResponseIsButterworthSquared() {
    for (double hz : new double[] {0.5, 1, 10, 40, 60}) {
      double rate = 500;
      double[] x = new double[30_000];
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.cos(2 * Math.PI * hz * i / rate);
      }
      double[] y = Butterworth.bandPass(4, 0.5, 40, rate).zeroPhase(x);
      double w1 = Math.tan(Math.PI * 0.5 / rate);
      double w2 = Math.tan(Math.PI * 40 / rate);
      double w = Math.tan(Math.PI * hz / rate);
      double q = (w * w - w1 * w2) / ((w2 - w1) * w);
      double expected = 1 / (1 + Math.pow(q, 8));
      double dot = 0;
      double norm = 0;
      for (int i = 10_000; i < 20_000; i++) {
        dot += x[i] * y[i];
        norm += x[i] * x[i];
      }
      assertEquals(expected, dot / norm, 1e-4, hz + " Hz");
    }
  }

  @Test
  void zScoresHaveUnitDeviationAndIgnoreGain() {
    Ecg a = ecg(500, 10, (t, lead) -> sine(1.2, t) + sine(7, t));
    Ecg b = ecg(500, 10, (t, lead) -> 1000 * (sine(1.2, t) + sine(7, t)) + 5);
    float[] x = preprocessor.prepare(a);
    assertArrayEquals(x, preprocessor.prepare(b), 2e-3f);
    double squares = 0;
    for (int i = 0; i < 1000; i++) {
      squares += x[i] * x[i];
    }
    assertEquals(1, Math.sqrt(squares / 1000), 0.01);
  }

  @Test
  void absentFlatAndMissingAreZero() {
    Ecg e = ecg(500, 10, (t, lead) -> lead == 3 ? 0.7 : sine(5, t));
    boolean[] present = e.present().clone();
    present[0] = false;
    for (int i = 2000; i < 2500; i++) {
      e.millivolts()[1][i] = Float.NaN;
    }
    for (int i = 3000; i < 5000; i++) {
      e.millivolts()[2][i] = Float.NaN;
    }
    e.millivolts()[4][1234] = Float.NaN;
    e.millivolts()[5][77] = Float.POSITIVE_INFINITY;
    float[] out = preprocessor.prepare(new Ecg(e.millivolts(), present, e.derived(), 500, true));
    for (int k = 0; k < 1000; k++) {
      assertEquals(0, out[k]);
      assertEquals(0, out[3000 + k]);
      assertTrue(k < 401 || k > 498 || out[1000 + k] == 0, "gap at " + k);
      assertTrue(
          (k > 395 && k < 505) || k % 10 == 0 || out[1000 + k] != 0, "outside the gap at " + k);
      assertTrue(k < 601 || out[2000 + k] == 0, "after the end at " + k);
      assertTrue(Float.isFinite(out[4000 + k]) && Float.isFinite(out[5000 + k]));
    }
    for (int k = 150; k < 350; k++) {
      assertEquals(
          Math.sqrt(2) * sine(5, k / 100.0), out[4000 + k], 0.2, "one lost sample is bridged");
      assertEquals(
          Math.sqrt(2) * sine(5, k / 100.0), out[2000 + k], 0.2, "what was recorded stays");
    }
  }

  @Test
  void spikesAreClipped() {
    Ecg e = ecg(500, 10, (t, lead) -> 0.001 * sine(5, t));
    for (int i = 0; i < 8; i++) {
      e.millivolts()[0][2500 + i] = 1000;
    }
    float[] out = preprocessor.prepare(e);
    for (float v : out) {
      assertTrue(Math.abs(v) <= 20);
    }
  }

  @Test
  void zScoredArraysPassThrough() {
    float[] z = new float[12_000];
    z[0] = 30;
    z[1] = Float.NaN;
    z[2] = -1.5f;
    z[3] = Float.NEGATIVE_INFINITY;
    float[] out = preprocessor.fromZScores(z);
    assertArrayEquals(new float[] {20, 0, -1.5f, -20, 0}, Arrays.copyOf(out, 5));
    assertEquals(
        ErrorCode.INVALID_ARGUMENT,
        assertThrows(PrecordiaException.class, () -> preprocessor.fromZScores(new float[5]))
            .code());
  }

  @Test
  void nothingUsableIsSaid() {
    Ecg e = ecg(500, 10, (t, lead) -> Double.NaN);
    assertEquals(
        ErrorCode.NOT_FINITE,
        assertThrows(PrecordiaException.class, () -> preprocessor.prepare(e)).code());
    Ecg slow = ecg(2, 10, (t, lead) -> t);
    assertEquals(
        ErrorCode.MISSING_CALIBRATION,
        assertThrows(PrecordiaException.class, () -> preprocessor.prepare(slow)).code());
  }
}
