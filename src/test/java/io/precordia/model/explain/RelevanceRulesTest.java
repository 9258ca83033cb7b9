package io.precordia.model.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.tensor.djl.DjlOps;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Specification 1.9 (rules) and 1.13, check 19 (conservation). */
final class RelevanceRulesTest {
  private static float[] normal(int n, long seed) {
    Random random = new Random(seed);
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static double sum(float[]... parts) {
    double total = 0;
    for (float[] part : parts) {
      for (float v : part) {
        total += v;
      }
    }
    return total;
  }

  @Test
  void linearSharesOutAmongProductsOfEqualSign() {
    try (DjlOps ops = DjlOps.cpu()) {
      // out 0: 1·2 counts, 1·(−2)... x = (1, −1, 3), w = (2, 4, 1): 2 and 3 count, −4 does not
      float[] found =
          new RelevanceRules(ops)
              .linear(
                  new float[] {1, -1, 3},
                  ops.upload(new float[] {2, 4, 1}, 1, 3),
                  new float[] {10});
      assertArrayEquals(new float[] {4, 0, 6}, found, 1e-5f);
    }
  }

  @Test
  void linearConservesRelevance() {
    try (DjlOps ops = DjlOps.cpu()) {
      for (long seed = 0; seed < 20; seed++) {
        float[] relevance = normal(5 * 7, seed);
        float[] found =
            new RelevanceRules(ops)
                .linear(
                    normal(5 * 30, seed + 100),
                    ops.upload(normal(7 * 30, seed + 200), 7, 30),
                    relevance);
        assertEquals(sum(relevance), sum(found), 1e-3 * (1 + Math.abs(sum(relevance))));
      }
    }
  }

  @Test
  void aLayerOfZerosTakesNothing() {
    try (DjlOps ops = DjlOps.cpu()) {
      float[] found =
          new RelevanceRules(ops)
              .linear(new float[] {1, 2}, ops.upload(new float[2], 1, 2), new float[] {3});
      assertArrayEquals(new float[] {0, 0}, found);
    }
  }

  @Test
  void aProductGivesHalfToEachOperand() {
    try (DjlOps ops = DjlOps.cpu()) {
      // (1, 2)·(3, 4)ᵀ = 3 + 8 = 11
      float[][] found =
          new RelevanceRules(ops)
              .product(new float[] {1, 2}, new float[] {3, 4}, new float[] {22}, 1, 1, 2, 1);
      assertArrayEquals(new float[] {3, 8}, found[0], 1e-5f);
      assertArrayEquals(new float[] {3, 8}, found[1], 1e-5f);
    }
  }

  @Test
  void aResidualConservesAndDividesByAbsoluteTotals() {
    // z-rule: (1/3·3, 4/3·3) = (1, 4) and (2/3·3, −1/3·3) = (2, −1); totals 5 and 1 of 6
    float[][] found =
        RelevanceRules.residual(new float[] {1, 4}, new float[] {2, -1}, new float[] {3, 3});
    assertArrayEquals(new float[] {1, 4}, found[0], 1e-5f);
    assertArrayEquals(new float[] {2, -1}, found[1], 1e-5f);
    for (long seed = 0; seed < 20; seed++) {
      float[] relevance = normal(40, seed);
      float[][] any =
          RelevanceRules.residual(normal(40, seed + 50), normal(40, seed + 90), relevance);
      assertEquals(sum(relevance), sum(any), 1e-3 * (1 + Math.abs(sum(relevance))));
    }
  }

  @Test
  void aTensorUsedTwiceGetsBothPartsWhereItIsNotZero() {
    assertArrayEquals(
        new float[] {0, 5},
        RelevanceRules.split(new float[] {0, 2}, new float[] {7, 1}, new float[] {1, 4}));
  }
}
