package io.precordia.tensor.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.tensor.Activation;
import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Native memory stays flat over 2,000 forward passes. */
class NativeMemoryTest {
  private static final Path STATM = Path.of("/proc/self/statm");

  private static long residentMiB() throws IOException {
    return Long.parseLong(Files.readString(STATM).split(" ")[1]) * 4096 >> 20;
  }

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
  void twoThousandPassesLeaveItFlat() throws IOException {
    Assumptions.assumeTrue(Files.exists(STATM), "resident memory is read from /proc");
    try (DjlOps ops = DjlOps.cpu()) {
      Tensor weight = ops.full(0.01, 64, 64);
      Tensor gain = ops.full(1, 64);
      Tensor bias = ops.full(0, 64);
      float[] input = new float[4 * 32 * 64];
      for (int i = 0; i < 200; i++) {
        pass(ops, weight, gain, bias, input);
      }
      long arrays = ops.liveArrays();
      long before = residentMiB();
      for (int i = 0; i < 2000; i++) {
        pass(ops, weight, gain, bias, input);
      }
      assertEquals(arrays, ops.liveArrays());
      // One leaked activation per pass would be 64 MiB.
      assertTrue(
          residentMiB() - before < 32,
          "resident memory grew by " + (residentMiB() - before) + " MiB");
    }
  }
}
