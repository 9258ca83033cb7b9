package io.precordia.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Ecg;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EcgWindowsTest {
  private final EcgWindows windows = new EcgWindows();

  /** Every sample is its own index, so a window shows where it was cut. */
  private static Ecg ramp(int samples, double rate) {
    float[][] mv = new float[12][samples];
    for (float[] row : mv) {
      for (int i = 0; i < samples; i++) {
        row[i] = i;
      }
    }
    boolean[] all = new boolean[12];
    Arrays.fill(all, true);
    return new Ecg(mv, all, new boolean[12], rate, true);
  }

  @Property(tries = 60, seed = "1")
  void everySampleIsInAWindowAndTheLastEndsWithTheRecording(
      @ForAll @IntRange(min = 1000, max = 20_000) int samples) {
    List<Ecg> cut = windows.cut(ramp(samples, 100));
    boolean[] seen = new boolean[samples];
    for (Ecg w : cut) {
      assertEquals(1000, w.samples());
      for (float v : w.millivolts()[7]) {
        seen[(int) v] = true;
      }
    }
    for (boolean s : seen) {
      assertTrue(s);
    }
    assertEquals(samples - 1, cut.getLast().millivolts()[0][999]);
    assertEquals((samples + 999) / 1000, cut.size());
  }

  @Example
  void tenSecondsAreTakenAsTheyAre() {
    Ecg e = ramp(5000, 500);
    assertSame(e, windows.cut(e).get(0));
  }

  @Example
  void shortOnesArePaddedAndShorterOnesRefused() {
    Ecg w = windows.cut(ramp(1250, 500)).get(0);
    assertEquals(5000, w.samples());
    assertEquals(1249, w.millivolts()[0][1249]);
    assertTrue(Float.isNaN(w.millivolts()[0][1250]));
    assertEquals(
        ErrorCode.TOO_SHORT,
        assertThrows(PrecordiaException.class, () -> windows.cut(ramp(1249, 500))).code());
    float[] prepared = new EcgPreprocessor().prepare(w);
    assertEquals(0, prepared[999]);
  }

  @Example
  void emptyStretchesGiveNoWindow() {
    Ecg e = ramp(3000, 100);
    for (float[] row : e.millivolts()) {
      Arrays.fill(row, 1000, 2000, Float.NaN);
    }
    assertEquals(2, windows.cut(e).size());
    for (float[] row : e.millivolts()) {
      Arrays.fill(row, Float.NaN);
    }
    assertEquals(
        ErrorCode.NOT_FINITE, assertThrows(PrecordiaException.class, () -> windows.cut(e)).code());
  }
}
