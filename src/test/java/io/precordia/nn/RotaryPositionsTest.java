package io.precordia.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.tensor.Rope;
import io.precordia.tensor.djl.DjlOps;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotaryPositionsTest {
  private final DjlOps ops = DjlOps.cpu();

  @AfterEach
  void close() {
    ops.close();
  }

  private float[] cosines(RotaryPositions positions, int from, int to) {
    Rope rope = positions.rope(ops, from, to);
    return ops.download(rope.cos());
  }

  @Test
  void anAmplitudeScalesBothParts() {
    Rope rope = new RotaryPositions(new float[] {1, 0.5f}, 1.5).rope(ops, 0, 2);
    float[] cos = ops.download(rope.cos());
    float[] sin = ops.download(rope.sin());
    assertArrayEquals(new float[] {1.5f, 1.5f}, new float[] {cos[0], cos[1]});
    assertEquals(1.5 * Math.cos(1), cos[2], 1e-6);
    assertEquals(1.5 * Math.sin(0.5), sin[3], 1e-6);
  }

  @Test
  void longTextsTurnSlower() {
    RotaryPositions plain = RotaryPositions.of(8, 100);
    RotaryPositions growing = RotaryPositions.growing(8, 100, 2, 32);
    assertArrayEquals(cosines(plain, 0, 32), cosines(growing, 0, 32));
    // At 64 tokens the base is 100·(2·64/32 − 1)^(8/6).
    RotaryPositions slower = RotaryPositions.of(8, 100 * Math.pow(3, 8 / 6.0));
    assertArrayEquals(cosines(slower, 0, 64), cosines(growing, 0, 64));
    assertArrayEquals(cosines(slower, 63, 64), cosines(growing, 63, 64));
  }
}
