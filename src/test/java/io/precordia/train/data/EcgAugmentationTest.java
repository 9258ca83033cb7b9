package io.precordia.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EcgAugmentationTest {
  private static final int SAMPLES = 1000;

  /** An impulse train whose peaks lie at the same samples in every lead. */
  private static short[] train() {
    short[] out = new short[12 * SAMPLES];
    for (int lead = 0; lead < 12; lead++) {
      for (int t = 60; t < SAMPLES - 5; t += 80) {
        out[lead * SAMPLES + t] = (short) (6 * StudySample.ECG_SCALE);
      }
    }
    return out;
  }

  @Test
  void timeMovesInAllLeadsTogetherAndIsNotStretched() {
    for (int seed = 0; seed < 300; seed++) {
      float[] x = apply(seed);
      int phase = -1;
      for (int lead = 0; lead < 12; lead++) {
        for (int t = 1; t < SAMPLES - 1; t++) {
          float v = x[lead * SAMPLES + t];
          if (v > 2 && v >= x[lead * SAMPLES + t - 1] && v > x[lead * SAMPLES + t + 1]) {
            phase = phase < 0 ? t % 80 : phase;
            assertEquals(phase, t % 80, "seed " + seed + " lead " + lead);
          }
        }
      }
      assertTrue(phase >= 0, "something is left");
    }
  }

  @Test
  void leadsAreLostSinglyByGroupsAndAsOnAPrintedSheet() {
    int whole = 0;
    int limbOnly = 0;
    int chestOnly = 0;
    int sheet = 0;
    for (int seed = 0; seed < 2000; seed++) {
      EcgLeadMask m = EcgLeadMask.draw(SAMPLES, new SplittableRandom(seed));
      int bits = 0;
      boolean columns = true;
      for (int lead = 0; lead < 12; lead++) {
        int shown = 0;
        for (int t = 0; t < SAMPLES; t++) {
          shown += m.shows(lead, t) ? 1 : 0;
        }
        bits |= shown > 0 ? 1 << lead : 0;
        columns &= shown == (lead == 1 ? SAMPLES : SAMPLES / 4);
      }
      whole += bits == 0xFFF && !columns ? 1 : 0;
      limbOnly += bits == 0x03F ? 1 : 0;
      chestOnly += bits == 0xFC0 ? 1 : 0;
      sheet += columns ? 1 : 0;
      assertTrue(Integer.bitCount(bits) >= 6, "at least half of the leads stay");
    }
    assertTrue(whole > 1000 && limbOnly > 30 && chestOnly > 30 && sheet > 80);
  }

  @Test
  void theSameSeedGivesTheSameSignalAndPlainChangesNothing() {
    assertArrayEquals(apply(5), apply(5));
    short[] stored = train();
    float[] x = new float[stored.length];
    EcgAugmentation.plain(stored, x, 0);
    assertEquals(6, x[60], 1e-6);
    assertEquals(0, x[61], 1e-6);
  }

  private static float[] apply(int seed) {
    short[] stored = train();
    float[] out = new float[stored.length];
    EcgAugmentation.apply(stored, new SplittableRandom(seed), out, 0);
    return out;
  }
}
