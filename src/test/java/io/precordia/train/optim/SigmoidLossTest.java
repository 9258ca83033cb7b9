package io.precordia.train.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import org.junit.jupiter.api.Test;

class SigmoidLossTest {
  private static final int N = 3;
  private static final float[] A = {1, 0, 0.6f, 0.8f, -0.2f, 1};
  private static final float[] B = {0.9f, 0.1f, -1, 0.3f, 0, 2};
  private static final double TAU = 0.1;

  private static double loss(float[] excluded) {
    try (Ops ops = DjlOps.cpu();
        Scope scope = ops.scope()) {
      SigmoidLoss loss = new SigmoidLoss(ops, ops.upload(new float[] {(float) Math.log(TAU)}, 1));
      return ops.download(loss.masked(ops.upload(A, N, 2), ops.upload(B, N, 2), excluded))[0];
    }
  }

  private static double expected(float[] excluded) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double na = Math.hypot(A[2 * i], A[2 * i + 1]);
        double nb = Math.hypot(B[2 * j], B[2 * j + 1]);
        double cosine = (A[2 * i] * B[2 * j] + A[2 * i + 1] * B[2 * j + 1]) / na / nb;
        double logit = cosine / TAU - Math.log(N);
        double right = i == j ? logit : -logit;
        sum += excluded[i * N + j] == 1 ? 0 : Math.log1p(Math.exp(-right));
      }
    }
    return sum / N;
  }

  @Test
  void everyPairIsAYesOrNoQuestion() {
    assertEquals(expected(new float[9]), loss(new float[9]), 1e-4);
  }

  @Test
  void excludedPairsDoNotCount() {
    float[] excluded = {0, 1, 0, 0, 0, 1, 0, 0, 0};
    assertEquals(expected(excluded), loss(excluded), 1e-4);
  }
}
