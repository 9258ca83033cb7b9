package io.precordia.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class XrayAugmentationTest {
  private static final int SIDE = 96;

  /** Bright on the left, and brighter below than above. */
  private static byte[] film() {
    byte[] out = new byte[SIDE * SIDE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (70 + (i % SIDE < SIDE / 2 ? 90 : 0) + 40 * (i / SIDE) / SIDE);
    }
    return out;
  }

  private static double mean(byte[] film, int fromColumn, int toColumn) {
    double sum = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = fromColumn; x < toColumn; x++) {
        sum += film[y * SIDE + x] & 0xFF;
      }
    }
    return sum / (SIDE * (toColumn - fromColumn));
  }

  /** A flip would make the report's left right, an inversion would make air white. */
  @Test
  void sidesAndPolarityStay() {
    byte[] film = film();
    byte[] out = new byte[SIDE * SIDE];
    boolean changed = false;
    for (int seed = 0; seed < 200; seed++) {
      XrayAugmentation.apply(film, SIDE, 0.6, new SplittableRandom(seed), out, 0);
      assertTrue(
          mean(out, 0, SIDE / 4) > mean(out, 3 * SIDE / 4, SIDE) + 10,
          "left is right, seed " + seed);
      changed |= !Arrays.equals(film, out);
    }
    assertTrue(changed);
  }

  @Test
  void theSameSeedGivesTheSameFilm() {
    byte[] a = new byte[SIDE * SIDE];
    byte[] b = new byte[SIDE * SIDE];
    XrayAugmentation.apply(film(), SIDE, 0.6, new SplittableRandom(4), a, 0);
    XrayAugmentation.apply(film(), SIDE, 0.6, new SplittableRandom(4), b, 0);
    assertArrayEquals(a, b);
    XrayAugmentation.apply(film(), SIDE, 0.6, new SplittableRandom(5), b, 0);
    assertFalse(Arrays.equals(a, b));
  }
}
