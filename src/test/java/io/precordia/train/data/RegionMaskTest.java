package io.precordia.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A mask goes with its film through every placement. */
class RegionMaskTest {
  private static final int SIDE = 224;
  private static final int PATCHES = 14;

  @Test
  void anUnmovedMaskCoversItsPatches() {
    RegionMask mask = RegionMask.of("mass", square(32, 64, 48), SIDE);
    float[] placed = mask.placed(new XrayPlacement(112, 112, SIDE, SIDE, 1, 0), SIDE, PATCHES);
    for (int i = 0; i < placed.length; i++) {
      boolean inside = i % PATCHES >= 2 && i % PATCHES < 5 && i / PATCHES >= 4 && i / PATCHES < 7;
      assertEquals(inside ? 1 : 0, placed[i], 1e-6, "patch " + i);
    }
  }

  @Test
  void anAugmentedMaskLiesOnTheBrightSquareOfItsFilm() {
    boolean[] shown = square(120, 40, 32);
    RegionMask mask = RegionMask.of("mass", shown, SIDE);
    byte[] film = new byte[SIDE * SIDE];
    for (int i = 0; i < film.length; i++) {
      film[i] = (byte) (shown[i] ? 200 : 40);
    }
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 20; round++) {
      byte[] out = new byte[film.length];
      XrayPlacement placement = XrayAugmentation.apply(film, SIDE, 0.6, random.split(), out, 0);
      float[] placed = mask.placed(placement, SIDE, PATCHES);
      double inside = 0;
      double outside = 0;
      int full = 0;
      int none = 0;
      for (int i = 0; i < placed.length; i++) {
        double grey = mean(out, i);
        inside += placed[i] > 0.99 ? grey : 0;
        full += placed[i] > 0.99 ? 1 : 0;
        outside += placed[i] == 0 ? grey : 0;
        none += placed[i] == 0 ? 1 : 0;
      }
      assertTrue(full == 0 || inside / full > outside / none + 40, "round " + round);
    }
  }

  private static double mean(byte[] film, int patch) {
    double sum = 0;
    for (int p = 0; p < 256; p++) {
      sum += film[(patch / PATCHES * 16 + p / 16) * SIDE + patch % PATCHES * 16 + p % 16] & 255;
    }
    return sum / 256;
  }

  private static boolean[] square(int left, int top, int size) {
    boolean[] mask = new boolean[SIDE * SIDE];
    for (int y = top; y < top + size; y++) {
      for (int x = left; x < left + size; x++) {
        mask[y * SIDE + x] = true;
      }
    }
    return mask;
  }
}
