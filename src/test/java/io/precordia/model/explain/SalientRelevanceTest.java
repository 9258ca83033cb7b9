package io.precordia.model.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the specification asserts of the salient relevance map. */
final class SalientRelevanceTest {
  private static final int ROWS = 12;
  private static final int COLUMNS = 10;
  private final SalientRelevance salient = SalientRelevance.standard();

  private static float[] random(long seed) {
    Random random = new Random(seed);
    float[] out = new float[ROWS * COLUMNS];
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextFloat();
    }
    return out;
  }

  @Test
  void aConstantMapHasNothingSalient() {
    float[] constant = new float[ROWS * COLUMNS];
    Arrays.fill(constant, 0.7f);
    assertArrayEquals(new float[constant.length], salient.of(constant, ROWS, COLUMNS));
    assertArrayEquals(
        new float[constant.length], salient.of(new float[constant.length], ROWS, COLUMNS));
  }

  @Test
  void valuesLieBetweenZeroAndOne() {
    for (long seed = 0; seed < 5; seed++) {
      float largest = 0;
      for (float v : salient.of(random(seed), ROWS, COLUMNS)) {
        assertTrue(v >= 0 && v <= 1, () -> "value " + v);
        largest = Math.max(largest, v);
      }
      assertEquals(1, largest, 1e-6);
    }
  }

  @Test
  void theScaleOfTheRelevanceDoesNotMatter() {
    float[] map = random(3);
    float[] larger = map.clone();
    for (int i = 0; i < larger.length; i++) {
      larger[i] *= 8;
    }
    assertArrayEquals(salient.of(map, ROWS, COLUMNS), salient.of(larger, ROWS, COLUMNS), 1e-6f);
  }

  @Test
  void aMirroredMapGivesTheMirroredAnswer() {
    float[] map = random(4);
    assertArrayEquals(
        mirrored(salient.of(map, ROWS, COLUMNS)), salient.of(mirrored(map), ROWS, COLUMNS), 1e-6f);
  }

  private static float[] mirrored(float[] map) {
    float[] out = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      out[i] = map[i / COLUMNS * COLUMNS + COLUMNS - 1 - i % COLUMNS];
    }
    return out;
  }

  @Test
  void aSpotIsFoundAndItsSurroundingsCountMoreThanTheFarCorner() {
    float[] map = new float[ROWS * COLUMNS];
    int spot = 3 * COLUMNS + 3;
    map[spot] = 1;
    float[] found = salient.of(map, ROWS, COLUMNS);
    int best = 0;
    for (int i = 0; i < found.length; i++) {
      best = found[i] > found[best] ? i : best;
    }
    assertEquals(spot, best);
    assertTrue(found[spot + 1] > found[found.length - 1]);
  }
}
