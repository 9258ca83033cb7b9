package io.precordia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every backend that trains must do; gradients against central differences. */
public abstract class DifferentiableOpsContractTest {
  protected abstract DifferentiableOps open();

  private DifferentiableOps ops;
  private final Random random = new Random(11);

  @BeforeEach
  void openBackend() {
    ops = open();
  }

  @AfterEach
  void closeBackend() {
    ops.close();
  }

  private record Case(String name, List<long[]> shapes, Function<List<Tensor>, Tensor> function) {}

  private static long[] s(long... shape) {
    return shape;
  }

  private List<Case> cases() {
    AttentionSpec spec = AttentionSpec.of(2, 3);
    return List.of(
        new Case(
            "linear gelu",
            List.of(s(2, 3, 4), s(5, 4), s(5)),
            t -> ops.linear(t.get(0), t.get(1), t.get(2), Activation.GELU, null)),
        new Case(
            "linear with adapter",
            List.of(s(3, 4), s(5, 4), s(2, 4), s(5, 2)),
            t ->
                ops.linear(
                    t.get(0),
                    t.get(1),
                    null,
                    Activation.IDENTITY,
                    new LowRank(t.get(2), t.get(3), 0.5, 0, null))),
        new Case(
            "linear with slots",
            List.of(s(3, 4), s(5, 4), s(2, 2, 4), s(2, 5, 2)),
            t ->
                ops.reshape(
                    ops.linear(
                        t.get(0),
                        t.get(1),
                        null,
                        Activation.IDENTITY,
                        new LowRank(
                            t.get(2), t.get(3), 0.5, 0, ops.upload(new int[] {1, -1, 0}, 3))),
                    3,
                    5)),
        new Case(
            "linear with segments",
            List.of(s(4, 3), s(5, 3), s(1, 3), s(5, 1), s(2, 3), s(5, 2)),
            t ->
                ops.linearSegments(
                    t.get(0),
                    t.get(1),
                    null,
                    Activation.GELU,
                    new RowSegments(
                        List.of(
                            new RowSegments.Slot(t.get(2), t.get(3), 0.5),
                            new RowSegments.Slot(t.get(4), t.get(5), 2)),
                        new int[] {1, -1, 0, 1}))),
        new Case(
            "layer norm",
            List.of(s(3, 4), s(4), s(4)),
            t -> ops.layerNorm(t.get(0), t.get(1), t.get(2), 1e-6)),
        new Case("rms norm", List.of(s(3, 4), s(4)), t -> ops.rmsNorm(t.get(0), t.get(1), 1e-6)),
        new Case(
            "batch norm",
            List.of(s(5, 3), s(3), s(3)),
            t -> ops.batchNormTraining(t.get(0), t.get(1), t.get(2), 1e-5).output()),
        new Case("l2 normalise", List.of(s(3, 4)), t -> ops.l2Normalize(t.get(0))),
        new Case(
            "attention",
            List.of(s(2, 4, 6), s(2, 4, 6), s(2, 4, 6)),
            t -> ops.attention(t.get(0), t.get(1), t.get(2), spec)),
        new Case(
            "packed causal attention",
            List.of(s(2, 4, 18)),
            t -> ops.attentionPacked(t.get(0), spec.withCausal(true))),
        new Case(
            "grouped masked attention",
            List.of(s(1, 3, 6), s(1, 4, 3), s(1, 4, 3)),
            t ->
                ops.attention(
                    t.get(0),
                    t.get(1),
                    t.get(2),
                    spec.withKvHeads(1).withKeyMask(ops.upload(new float[] {1, 1, 1, 0}, 1, 4)))),
        new Case(
            "embedding",
            List.of(s(4, 3)),
            t -> ops.embedding(t.get(0), ops.upload(new int[] {1, 3, 1}, 3))),
        new Case(
            "scatter",
            List.of(s(3, 2)),
            t -> ops.scatterAddRows(t.get(0), ops.upload(new int[] {1, 1, 0}, 3), 2)),
        new Case("patches", List.of(s(1, 2, 4, 4)), t -> ops.patchify(t.get(0), 2)),
        new Case("frames", List.of(s(1, 8, 2)), t -> ops.frames(t.get(0), 3, 1)),
        new Case(
            "masked mean",
            List.of(s(2, 3, 2)),
            t -> ops.maskedMean(t.get(0), ops.upload(new float[] {1, 1, 0, 1, 1, 1}, 2, 3))),
        new Case(
            "cross entropy",
            List.of(s(3, 4)),
            t ->
                ops.crossEntropy(
                    t.get(0),
                    ops.upload(new int[] {1, 0, 3}, 3),
                    ops.upload(new float[] {1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}, 3, 4))),
        new Case("silu", List.of(s(6)), t -> ops.activation(t.get(0), Activation.SILU)),
        new Case("quick gelu", List.of(s(6)), t -> ops.activation(t.get(0), Activation.QUICK_GELU)),
        new Case("tanh gelu", List.of(s(6)), t -> ops.activation(t.get(0), Activation.GELU_TANH)),
        new Case("exp of clamp", List.of(s(6)), t -> ops.exp(ops.clamp(t.get(0), -5, 5))));
  }

  @TestFactory
  Stream<DynamicTest> gradientsEqualCentralDifferences() {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private void check(Case c) {
    int size =
        c.shapes().stream().mapToInt(x -> (int) Arrays.stream(x).reduce(1, (a, b) -> a * b)).sum();
    float[] theta = new float[size];
    for (int i = 0; i < size; i++) {
      theta[i] = (float) random.nextGaussian();
    }
    long seed = random.nextLong();
    try (ParameterBlock block = ops.parameters(theta)) {
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        ops.backward(loss(c, block, seed));
      }
      float[] gradient = block.readGradient();
      assertNotNull(gradient);
      double error = 0;
      double norm = 0;
      double step = 4e-3;
      for (int i = 0; i < size; i++) {
        double up = valueAt(c, block, theta, i, step, seed);
        double down = valueAt(c, block, theta, i, -step, seed);
        double numeric = (up - down) / (2 * step);
        error += Math.pow(numeric - gradient[i], 2);
        norm += Math.pow(numeric, 2);
      }
      assertTrue(Math.sqrt(error / norm) < 5e-3, "relative error " + Math.sqrt(error / norm));
    }
  }

  private double valueAt(
      Case c, ParameterBlock block, float[] theta, int i, double step, long seed) {
    float[] moved = theta.clone();
    moved[i] += (float) step;
    block.write(moved);
    try (Scope scope = ops.scope()) {
      return ops.download(loss(c, block, seed))[0];
    }
  }

  /** Mean of the output against fixed random weights, so that no gradient is zero by symmetry. */
  private Tensor loss(Case c, ParameterBlock block, long seed) {
    Tensor out = c.function().apply(block.views(c.shapes()));
    Random weights = new Random(seed);
    float[] w = new float[Math.toIntExact(out.elements())];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) weights.nextGaussian();
    }
    return ops.meanAll(ops.multiply(out, ops.upload(w, out.shape())));
  }

  @Test
  void nothingIsRecordedOutsideARecording() {
    try (ParameterBlock block = ops.parameters(new float[] {1, 2});
        Scope scope = ops.scope()) {
      assertFalse(ops.recording());
      ops.exp(block.views(List.of(s(2))).get(0));
      assertNull(block.readGradient());
      assertNull(block.gradientSquaredNorm());
      block.adamW(new AdamWUpdate(1, 0.1, 0.9, 0.999, 1e-8, 0, 1));
      assertArrayEquals(new float[] {1, 2}, block.read());
    }
  }

  @Test
  void gradientsAccumulateUntilCleared() {
    try (ParameterBlock block = ops.parameters(new float[] {3, 5, 7})) {
      for (int pass = 0; pass < 2; pass++) {
        try (Scope scope = ops.scope();
            Recording recording = ops.record()) {
          List<Tensor> views = block.views(List.of(s(1), s(2)));
          ops.backward(ops.meanAll(ops.multiply(views.get(0), views.get(0))));
        }
      }
      assertArrayEquals(new float[] {12, 0, 0}, block.readGradient());
      try (Scope scope = ops.scope()) {
        Tensor square = block.gradientSquaredNorm();
        assertNotNull(square);
        assertEquals(144f, ops.download(square)[0]);
      }
      block.zeroGradient();
      float[] cleared = block.readGradient();
      assertTrue(cleared == null || Arrays.equals(new float[3], cleared));
    }
  }

  @Test
  void backwardTakesAGivenOutputGradient() {
    try (ParameterBlock block = ops.parameters(new float[] {1, 2, 3});
        Scope scope = ops.scope();
        Recording recording = ops.record()) {
      Tensor y = ops.affine(block.views(List.of(s(3))).get(0), 2, 0);
      ops.backward(y, ops.upload(new float[] {1, 10, 100}, 3));
      assertArrayEquals(new float[] {2, 20, 200}, block.readGradient());
    }
  }

  @Test
  void detachCutsTheGradient() {
    try (ParameterBlock block = ops.parameters(new float[] {3});
        Scope scope = ops.scope();
        Recording recording = ops.record()) {
      Tensor x = block.views(List.of(s(1))).get(0);
      ops.backward(ops.meanAll(ops.multiply(x, ops.detach(x))));
      assertArrayEquals(new float[] {3}, block.readGradient());
    }
  }

  @Test
  void theSameSeedDrawsTheSameMasks() {
    try (Scope scope = ops.scope()) {
      Tensor x = ops.full(1, 1000);
      ops.seed(5);
      float[] a = ops.download(ops.dropout(x, 0.25));
      float[] b = ops.download(ops.dropout(x, 0.25));
      ops.seed(5);
      assertArrayEquals(a, ops.download(ops.dropout(x, 0.25)));
      assertFalse(Arrays.equals(a, b));
      int dropped = 0;
      for (float v : a) {
        assertTrue(v == 0 || Math.abs(v - 4.0 / 3) < 1e-6);
        dropped += v == 0 ? 1 : 0;
      }
      assertTrue(Math.abs(dropped - 250) < 5 * Math.sqrt(1000 * 0.25 * 0.75), "dropped " + dropped);
    }
  }

  @Test
  void blendMovesInPlaceAndStateRoundTrips() {
    try (ParameterBlock block = ops.parameters(new float[] {1, 2});
        Scope scope = ops.scope()) {
      Tensor running = ops.full(1, 2);
      ops.blend(running, ops.upload(new float[] {11, 21}, 2), 0.1);
      assertArrayEquals(new float[] {2, 3}, ops.download(running), 1e-6f);
      block.write(new float[] {8, 9});
      assertArrayEquals(new float[] {8, 9}, block.read());
      block.writeMoments(new float[] {1, 2}, new float[] {3, 4});
      assertArrayEquals(new float[] {1, 2}, block.readMoments()[0]);
      assertArrayEquals(new float[] {3, 4}, block.readMoments()[1]);
    }
  }

  /**
   * One query per head over many equal keys: dropped keys get weight 0 and zero gradient, the
   * others share 1.
   */
  @Test
  void dropKeyDropsKeysPerQueryBeforeTheSoftmax() {
    int heads = 2;
    int tokens = 64;
    AttentionSpec spec = AttentionSpec.of(heads, tokens).withDropKey(0.3);
    float[] identity = new float[tokens * heads * tokens];
    for (int j = 0; j < tokens; j++) {
      for (int h = 0; h < heads; h++) {
        identity[(j * heads + h) * tokens + j] = 1;
      }
    }
    try (ParameterBlock keys = ops.parameters(new float[tokens * heads * tokens]);
        Scope scope = ops.scope();
        Recording recording = ops.record()) {
      long[] shape = {1, tokens, heads * tokens};
      Tensor q = ops.full(0.5, shape);
      ops.seed(3);
      // Values are the identity, so the output is the matrix of attention weights.
      Tensor k = keys.views(List.of(shape)).get(0);
      Tensor out = ops.attention(q, k, ops.upload(identity, shape), spec);
      float[] w = ops.download(out);
      int dropped = 0;
      boolean queriesDiffer = false;
      for (int i = 0; i < tokens; i++) {
        for (int h = 0; h < heads; h++) {
          double sum = 0;
          for (int j = 0; j < tokens; j++) {
            float a = w[(i * heads + h) * tokens + j];
            sum += a;
            dropped += a == 0 ? 1 : 0;
            queriesDiffer |= (a == 0) != (w[h * tokens + j] == 0);
          }
          assertEquals(1, sum, 1e-5);
        }
      }
      int all = tokens * tokens * heads;
      assertTrue(
          Math.abs(dropped - 0.3 * all) < 5 * Math.sqrt(all * 0.21),
          "dropped " + dropped + " of " + all);
      assertTrue(queriesDiffer);
      // Only key (0, h=0) is weighed in the loss of query 0 of head 0 if it was kept; a dropped key
      // gets no gradient.
      Tensor row = ops.slice(ops.reshape(ops.slice(out, 1, 0, 1), heads, tokens), 0, 0, 1);
      float[] pick = new float[tokens];
      pick[0] = 1;
      ops.backward(ops.sum(ops.reshape(ops.multiply(row, ops.upload(pick, 1, tokens)), tokens), 0));
      float[] gradient = keys.readGradient();
      assertNotNull(gradient);
      for (int j = 0; j < tokens; j++) {
        boolean kept = w[j] != 0;
        boolean moved = gradient[j * heads * tokens] != 0;
        assertEquals(kept && w[0] != 0, moved, "key " + j);
      }
      AttentionSpec off = AttentionSpec.of(heads, tokens);
      assertArrayEquals(
          ops.download(ops.attention(q, k, ops.upload(identity, shape), off)),
          ops.download(ops.attention(q, k, ops.upload(identity, shape), spec.withDropKey(0))));
    }
  }
}
