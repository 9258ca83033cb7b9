package io.precordia.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlineTest {
  @Test
  void oneCellIsASquare() {
    float[] map = new float[12];
    map[5] = 1;
    map[7] = 0.4f;
    Outline outline = Outline.of(map, 4, 3, 0.5);
    assertArrayEquals(new float[] {1, 1, 2, 1, 2, 2, 1, 2}, outline.corners());
    assertEquals(1 / 1.4, outline.share(), 1e-6);
    assertArrayEquals(new float[] {10, 5, 20, 5, 20, 10, 10, 10}, outline.scaled(10, 5));
  }

  @Test
  void anAngleHasSixCorners() {
    float[] map = {1, 1, 0, 1, 0, 0, 0, 0, 1};
    assertArrayEquals(
        new float[] {0, 0, 2, 0, 2, 1, 1, 1, 1, 2, 0, 2}, Outline.of(map, 3, 3, 0.5).corners());
  }

  @Test
  void aMapWithoutRelevanceHasNone() {
    assertThrows(IllegalArgumentException.class, () -> Outline.of(new float[4], 2, 2, 0.5));
  }

  @Test
  void thePolygonEnclosesExactlyTheAreaAndItsHoles() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int width = 2 + random.nextInt(9);
      int height = 2 + random.nextInt(9);
      float[] map = new float[width * height];
      for (int i = 0; i < map.length; i++) {
        map[i] = random.nextFloat() < 0.6 ? 1 : 0;
      }
      map[random.nextInt(map.length)] = 2;
      Outline outline = Outline.of(map, width, height, 0.4);
      float[] c = outline.corners();
      double area = 0;
      for (int i = 0; i < c.length; i += 2) {
        int j = (i + 2) % c.length;
        area += (double) c[i] * c[j + 1] - (double) c[j] * c[i + 1];
        assertTrue(c[i] == c[j] ^ c[i + 1] == c[j + 1], "sides are along cells");
      }
      assertTrue(area / 2 >= outline.share() * 0.99, "encloses something");
      assertTrue(area / 2 <= width * height, "stays inside");
    }
  }
}
