package io.precordia.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FineStemTest {
  private static final FineStem STEM = new FineStem("s", 1, 16, 8, 4, 3);

  private static ParameterSet weights(boolean zero) {
    List<ParameterSpec> specs = new ArrayList<>();
    STEM.declare(specs::add);
    ParameterSet set = ParameterSet.initial(specs, 3);
    if (!zero) {
      float[] last = set.values("s.patches.weight");
      for (int i = 0; i < last.length; i++) {
        last[i] = (float) StrictMath.sin(i);
      }
    }
    return set;
  }

  private static float[] run(float[] image, boolean zero) {
    try (Ops ops = DjlOps.cpu();
        Scope scope = ops.scope()) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, weights(zero)), Adapters.NONE);
      return ops.download(STEM.apply(f, ops.upload(image, 1, 1, 16, 16)));
    }
  }

  private static float[] image() {
    float[] out = new float[256];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) StrictMath.cos(0.7 * i);
    }
    return out;
  }

  @Test
  void itStartsWithoutEffect() {
    assertArrayEquals(new float[12], run(image(), true));
  }

  /** The same by loops over pixels, in double precision. */
  @Test
  void cellsAreMixedWithTheirNeighboursAndGatheredByPatch() {
    ParameterSet w = weights(false);
    float[] first = w.values("s.cells.weight");
    float[] second = w.values("s.mix.weight");
    float[] third = w.values("s.patches.weight");
    float[] image = image();
    double[][][] cells = new double[4][4][2];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        for (int c = 0; c < 2; c++) {
          double sum = 0;
          for (int k = 0; k < 16; k++) {
            sum += first[c * 16 + k] * image[(4 * y + k / 4) * 16 + 4 * x + k % 4];
          }
          cells[y][x][c] = gelu(sum);
        }
      }
    }
    double[] expected = new double[12];
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int down = Math.min(3, y + 1);
        int right = Math.min(3, x + 1);
        double[][] around = {cells[y][x], cells[y][right], cells[down][x], cells[down][right]};
        for (int c = 0; c < 4; c++) {
          double sum = 0;
          for (int k = 0; k < 8; k++) {
            sum += second[c * 8 + k] * around[k / 2][k % 2];
          }
          int patch = y / 2 * 2 + x / 2;
          int in = (y % 2 * 2 + x % 2) * 4 + c;
          for (int d = 0; d < 3; d++) {
            expected[patch * 3 + d] += third[d * 16 + in] * gelu(sum);
          }
        }
      }
    }
    float[] got = run(image, false);
    double largest = 0;
    for (int i = 0; i < 12; i++) {
      assertEquals(expected[i], got[i], 1e-5);
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertTrue(largest > 1e-3);
  }

  /** x·Φ(x) by Simpson's rule. */
  private static double gelu(double x) {
    int n = 200;
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      double t = x * i / n;
      double weight = i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-t * t / 2);
    }
    return x * (0.5 + sum * x / n / 3 / Math.sqrt(2 * Math.PI));
  }
}
