package io.precordia.tensor.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.tensor.Activation;
import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.NativeHeap;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Native memory stays flat over 2,000 forward passes. */
class NativeMemoryTest {
  private static final int ROUNDS = 5;
  private static final long ALLOWED = 4 << 20;

  private static void pass(DjlOps ops, Tensor weight, Tensor gain, Tensor bias, float[] input) {
    try (Scope scope = ops.scope()) {
      Tensor x = ops.upload(input, 4, 32, 64);
      Tensor y =
          ops.linear(ops.layerNorm(x, gain, bias, 1e-6), weight, null, Activation.GELU, null);
      y = ops.attention(y, y, y, AttentionSpec.of(4, 16));
      float[] out = ops.download(ops.l2Normalize(ops.mean(y, 1)));
      assertEquals(256, out.length);
    }
  }

  @Test
  void twoThousandPassesLeaveItFlat() {
    try (DjlOps ops = DjlOps.cpu()) {
      Tensor weight = ops.full(0.01, 64, 64);
      Tensor gain = ops.full(1, 64);
      Tensor bias = ops.full(0, 64);
      float[] input = new float[4 * 32 * 64];
      for (int i = 0; i < 200; i++) {
        pass(ops, weight, gain, bias, input);
      }
      long arrays = ops.liveArrays();
      // The count is of the whole process, in which other tests' threads may still allocate. A leak
      // grows in every
      // round (one activation per pass would be 64 MiB), their noise does not.
      long grown = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && grown >= ALLOWED; round++) {
        long before = NativeHeap.live();
        for (int i = 0; i < 2000; i++) {
          pass(ops, weight, gain, bias, input);
        }
        grown = NativeHeap.live() - before;
      }
      assertEquals(arrays, ops.liveArrays());
      assertTrue(
          grown < ALLOWED, "native memory grew in every round, last by " + grown + " octets");
    }
  }
}
