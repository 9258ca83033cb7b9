package io.precordia.train.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.train.metrics.SpearmanCorrelation;
import org.junit.jupiter.api.Test;

/** Measures against their definitions. */
final class MapScoresTest {
  @Test
  void pointingCountsTheDistanceToTheMask() {
    float[] map = new float[100];
    boolean[] mask = new boolean[100];
    map[5 * 10 + 5] = 2;
    mask[5 * 10 + 8] = true;
    assertFalse(MapScores.points(map, mask, 10, 0));
    assertFalse(MapScores.points(map, mask, 10, 2));
    assertTrue(MapScores.points(map, mask, 10, 3));
    mask[55] = true;
    assertTrue(MapScores.points(map, mask, 10, 0));
    assertFalse(MapScores.points(new float[100], mask, 10, 15), "an empty map points nowhere");
  }

  @Test
  void dilationHoldsThePointsThatWouldHit() {
    boolean[] mask = new boolean[400];
    mask[7 * 20 + 3] = true;
    mask[7 * 20 + 4] = true;
    boolean[] grown = Dilation.of(mask, 20, 5);
    for (int i = 0; i < 400; i++) {
      float[] map = new float[400];
      map[i] = 1;
      assertEquals(MapScores.points(map, mask, 20, 5), grown[i], "pixel " + i);
    }
  }

  @Test
  void aUniformMapIsNoBetterThanUniform() {
    float[][] map = {{1, 1, 1, 1}, {1, 1, 1, 1}};
    boolean[][] mask = {{true, false, false, false}, {false, true, false, false}};
    assertEquals(1, MapScores.overUniform(map, mask), 1e-9);
    assertEquals(0.25, MapScores.share(mask));
    assertEquals(4, MapScores.overUniform(new float[][] {{3, 0, 0, 0}, {0, 5, 0, 0}}, mask), 1e-9);
    assertEquals(0, MapScores.overUniform(new float[2][4], mask));
  }

  @Test
  void averagePrecisionOfAPerfectMapIsOne() {
    assertEquals(
        1,
        MapScores.averagePrecision(
            new float[] {0.1f, 0.9f, 0.8f, 0}, new boolean[] {false, true, true, false}));
  }

  @Test
  void rankCorrelationKnowsOrderAlone() {
    assertEquals(1, SpearmanCorrelation.of(new float[] {1, 2, 9}, new float[] {0, 5, 6}), 1e-12);
    assertEquals(-1, SpearmanCorrelation.of(new float[] {1, 2, 9}, new float[] {3, 2, 1}), 1e-12);
    // ranks (0.5, 0.5, 2, 3) and (0, 1, 2, 3): 4.5 / sqrt(4.5 · 5)
    assertEquals(
        4.5 / Math.sqrt(4.5 * 5),
        SpearmanCorrelation.of(new float[] {1, 1, 2, 3}, new float[] {1, 2, 3, 4}),
        1e-12);
    assertTrue(Double.isNaN(SpearmanCorrelation.of(new float[] {1, 1}, new float[] {1, 2})));
    assertArrayEquals(new boolean[1], Dilation.of(new boolean[1], 1, 3));
  }
}
