package io.precordia.train.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import org.junit.jupiter.api.Test;

/** The term against its definition, computed by hand. */
class RegionLossTest {
  @Test
  void isTheWeightedLogisticLossOfEachPatchsContrast() {
    try (DifferentiableOps ops = DjlOps.cpu();
        Scope scope = ops.scope()) {
      float[] patches = {3, 0, 0, 2, 1, 1, -1, 0};
      float[] asserting = {1, 0, 0, 5};
      float[] denying = {0, 1, 2, 0};
      float[] targets = {1, 0, 0, 1};
      float[] weights = {0.5f, 0.5f, 0.25f, 0.75f};
      double got =
          ops.download(
                  new RegionLoss(ops)
                      .of(
                          ops.upload(patches, 2, 2, 2),
                          ops.upload(asserting, 2, 2),
                          ops.upload(denying, 2, 2),
                          targets,
                          weights))[0];
      // contrasts of unit vectors: first row (1, −1), second (−1, 1)
      double[] logit = {10, -10, 0, 10};
      double expected = 0;
      for (int i = 0; i < 4; i++) {
        expected += weights[i] * Math.log1p(Math.exp(logit[i] * (1 - 2 * targets[i]))) / 2;
      }
      assertEquals(expected, got, 1e-5);
    }
  }
}
