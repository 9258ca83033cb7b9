package io.precordia.model.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryTest {
  private static float[] random(Random random, int width) {
    float[] out = new float[width];
    for (int d = 0; d < width; d++) {
      out[d] = (float) random.nextGaussian();
    }
    return out;
  }

  /** One other direction: the ridge residual by hand, r − (r·u)/(1 + λ) u. */
  @Test
  void oneOtherTakesItsPartAway() {
    float[] asked = {1, 1, 0};
    float[] specific = Query.among(asked, List.of(new float[] {0, 5, 0})).specific();
    assertArrayEquals(new float[] {1, (float) (1 - 1 / 1.3), 0}, specific, 1e-6f);
  }

  /** The normal equations of a ridge regression: U x = λ w, where x = r − Uᵀ w. */
  @Test
  void theResidualSolvesTheRidgeRegression() {
    Random random = new Random(4);
    float[] asked = random(random, 24);
    List<float[]> others = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      others.add(random(random, 24));
    }
    float[] x = Query.among(asked, others).specific();
    double[] back = new double[24];
    for (float[] other : others) {
      double square = 0;
      double along = 0;
      for (int d = 0; d < 24; d++) {
        square += other[d] * other[d];
        along += x[d] * other[d];
      }
      for (int d = 0; d < 24; d++) {
        back[d] += along / square / 0.3 * other[d];
      }
    }
    for (int d = 0; d < 24; d++) {
      assertEquals(asked[d], x[d] + back[d], 1e-4);
    }
  }

  @Test
  void whatAsksForTheSameTakesNothingAway() {
    float[] asked = {1, 1, 0};
    assertArrayEquals(asked, Query.among(asked, List.of(new float[] {2, 2.1f, 0})).specific());
    assertArrayEquals(asked, Query.among(asked, List.of()).specific());
    assertArrayEquals(asked, Query.among(asked, List.of(new float[3])).specific());
  }
}
