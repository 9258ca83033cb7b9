package io.precordia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend must compute, against {@link ScalarReference}. */
public abstract class OpsContractTest {
  /** A new backend; the test closes it. */
  protected abstract Ops open();

  /** Largest accepted ‖out − reference‖ / ‖reference‖. */
  protected double tolerance() {
    return 1e-5;
  }

  private Ops ops;
  private final Random random = new Random(7);

  @BeforeEach
  void openBackend() {
    ops = open();
  }

  @AfterEach
  void closeBackend() {
    ops.close();
  }

  private float[] draw(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private void assertClose(double[] expected, Tensor actual, long... shape) {
    assertArrayEquals(shape, actual.shape());
    float[] got = ops.download(actual);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (got[i] - expected[i]) * (got[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertEquals(expected.length, got.length);
    assertTrue(
        Math.sqrt(error) <= tolerance() * Math.sqrt(norm),
        "relative error " + Math.sqrt(error / norm));
  }

  private static double[] each(float[] x, java.util.function.DoubleUnaryOperator f) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = f.applyAsDouble(x[i]);
    }
    return y;
  }

  private static double[] d(float... x) {
    return each(x, v -> v);
  }

  @Test
  void hostArraysComeBackUnchanged() {
    float[] x = draw(24);
    assertArrayEquals(x, ops.download(ops.upload(x, 2, 3, 4)));
    int[] ids = {0, 7, Integer.MAX_VALUE, -1};
    Tensor ints = ops.upload(ids, 2, 2);
    assertEquals(ElementKind.INT, ints.kind());
    assertArrayEquals(ids, ops.downloadInts(ints));
    assertClose(
        new double[] {0, 127 * 0.5 + 1 - 1, 255 * 0.5},
        ops.bytesToFloat(ops.upload(new byte[] {0, 127, -1}, 3), 0.5, 0),
        3);
    assertThrows(PrecordiaException.class, () -> ops.upload(x, 5, 5));
  }

  @Test
  void storedWeightsOfEveryTypeAreWidenedExactly() {
    ByteBuffer f16 = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer bf16 = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer f32 = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = {1.5f, -0.25f, 0, 96};
    for (float v : values) {
      f16.putShort(Float.floatToFloat16(v));
      bf16.putShort((short) (Float.floatToRawIntBits(v) >>> 16));
      f32.putFloat(v);
    }
    assertArrayEquals(values, ops.download(ops.uploadWeights(f16.flip(), StoredType.F16, 2, 2)));
    assertArrayEquals(values, ops.download(ops.uploadWeights(bf16.flip(), StoredType.BF16, 4)));
    assertArrayEquals(values, ops.download(ops.uploadWeights(f32.flip(), StoredType.F32, 4)));
  }

  @Test
  void shapeOperationsMoveElements() {
    float[] x = new float[24];
    for (int i = 0; i < 24; i++) {
      x[i] = i;
    }
    Tensor t = ops.upload(x, 2, 3, 4);
    assertArrayEquals(new long[] {6, 4}, ops.reshape(t, 6, -1).shape());
    float[] p = ops.download(ops.permute(t, 2, 0, 1));
    assertEquals(x[1 * 12 + 2 * 4 + 3], p[3 * 6 + 1 * 3 + 2]);
    assertArrayEquals(
        new float[] {4, 5, 6, 7, 16, 17, 18, 19}, ops.download(ops.slice(t, 1, 1, 2)));
    assertArrayEquals(
        new float[] {1, 2, 5, 6, 9, 10, 13, 14, 17, 18, 21, 22},
        ops.download(ops.slice(t, -1, 1, 3)));
    assertArrayEquals(new long[] {2, 6, 4}, ops.concat(1, List.of(t, t)).shape());
    assertArrayEquals(
        new float[] {3, 3, 4, 4},
        ops.download(ops.broadcast(ops.upload(new float[] {3, 4}, 2, 1), 2, 2)));
    assertThrows(PrecordiaException.class, () -> ops.slice(t, 1, 2, 5));
    assertThrows(PrecordiaException.class, () -> ops.reshape(t, 5, 5));
  }

  @Test
  void gatherAndScatterAreTransposes() {
    Tensor x = ops.upload(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Tensor rows = ops.upload(new int[] {2, 0, 2}, 3);
    assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, ops.download(ops.gatherRows(x, rows)));
    assertArrayEquals(new float[] {3, 4, 0, 0, 6, 8}, ops.download(ops.scatterAddRows(x, rows, 3)));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activations(Activation f) {
    float[] x = {-4, -2.5f, -1, -0.1f, 0, 0.1f, 1, 2.5f, 4};
    assertClose(
        each(x, v -> ScalarReference.activation(v, f)), ops.activation(ops.upload(x, 9), f), 9);
  }

  @Test
  void pointwise() {
    float[] a = draw(6);
    Tensor t = ops.upload(a, 2, 3);
    Tensor row = ops.upload(new float[] {1, 2, 3}, 3);
    assertClose(
        new double[] {a[0] + 1, a[1] + 2, a[2] + 3, a[3] + 1, a[4] + 2, a[5] + 3},
        ops.add(t, row),
        2,
        3);
    assertClose(
        new double[] {a[0] - 1, a[1] - 2, a[2] - 3, a[3] - 1, a[4] - 2, a[5] - 3},
        ops.subtract(t, row),
        2,
        3);
    assertClose(
        new double[] {a[0], a[1] * 2, a[2] * 3, a[3], a[4] * 2, a[5] * 3},
        ops.multiply(t, row),
        2,
        3);
    assertClose(each(a, v -> 3 * v - 2), ops.affine(t, 3, -2), 2, 3);
    assertClose(each(a, Math::exp), ops.exp(t), 2, 3);
    assertClose(each(a, v -> v), ops.log(ops.exp(t)), 2, 3);
    assertClose(each(a, v -> Math.clamp(v, -0.5, 0.5)), ops.clamp(t, -0.5, 0.5), 2, 3);
  }

  @Test
  void linearWithBiasAndActivation() {
    float[] x = draw(2 * 3 * 5);
    float[] w = draw(4 * 5);
    float[] b = draw(4);
    double[] plain = ScalarReference.linear(x, 6, 5, w, 4, b);
    double[] expected =
        java.util.Arrays.stream(plain)
            .map(v -> ScalarReference.activation(v, Activation.GELU))
            .toArray();
    Tensor tx = ops.upload(x, 2, 3, 5);
    Tensor tw = ops.upload(w, 4, 5);
    assertClose(expected, ops.linear(tx, tw, ops.upload(b, 4), Activation.GELU, null), 2, 3, 4);
    assertClose(
        ScalarReference.linear(x, 6, 5, w, 4, null),
        ops.linear(tx, tw, null, Activation.IDENTITY, null),
        2,
        3,
        4);
    assertThrows(
        PrecordiaException.class,
        () -> ops.linear(tx, ops.upload(w, 5, 4), null, Activation.IDENTITY, null));
  }

  @Test
  void adapterSlotsApplyRowByRow() {
    float[] x = draw(4 * 2 * 3);
    float[] w = draw(5 * 3);
    float[] down = draw(2 * 2 * 3);
    float[] up = draw(2 * 5 * 2);
    int[] slots = {1, -1, 0, 1};
    double[] expected = ScalarReference.linear(x, 8, 3, w, 5, null);
    for (int row = 0; row < 4; row++) {
      for (int t = 0; t < 2 && slots[row] >= 0; t++) {
        for (int o = 0; o < 5; o++) {
          for (int r = 0; r < 2; r++) {
            double low = 0;
            for (int i = 0; i < 3; i++) {
              low += (double) x[(row * 2 + t) * 3 + i] * down[(slots[row] * 2 + r) * 3 + i];
            }
            expected[(row * 2 + t) * 5 + o] += 0.5 * low * up[(slots[row] * 5 + o) * 2 + r];
          }
        }
      }
    }
    LowRank many =
        new LowRank(
            ops.upload(down, 2, 2, 3), ops.upload(up, 2, 5, 2), 0.5, 0, ops.upload(slots, 4));
    Tensor tx = ops.upload(x, 4, 2, 3);
    Tensor tw = ops.upload(w, 5, 3);
    assertClose(expected, ops.linear(tx, tw, null, Activation.IDENTITY, many), 4, 2, 5);
    LowRank all0 = new LowRank(many.down(), many.up(), 0.5, 0, ops.upload(new int[4], 4));
    Tensor d0 = ops.reshape(ops.slice(many.down(), 0, 0, 1), 2, 3);
    Tensor u0 = ops.reshape(ops.slice(many.up(), 0, 0, 1), 5, 2);
    LowRank one = new LowRank(d0, u0, 0.5, 0, null);
    assertClose(
        d(ops.download(ops.linear(tx, tw, null, Activation.IDENTITY, all0))),
        ops.linear(tx, tw, null, Activation.IDENTITY, one),
        4,
        2,
        5);
  }

  @Test
  void norms() {
    float[] x = draw(6 * 4);
    float[] w = draw(4);
    float[] b = draw(4);
    Tensor tx = ops.upload(x, 2, 3, 4);
    Tensor tw = ops.upload(w, 4);
    Tensor tb = ops.upload(b, 4);
    assertClose(
        ScalarReference.layerNorm(x, 6, 4, w, b, 1e-6, false),
        ops.layerNorm(tx, tw, tb, 1e-6),
        2,
        3,
        4);
    assertClose(
        ScalarReference.layerNorm(x, 6, 4, w, b, 1e-6, true), ops.rmsNorm(tx, tw, 1e-6), 2, 3, 4);
    double[] unit = new double[24];
    for (int r = 0; r < 6; r++) {
      double norm =
          Math.sqrt(
              x[r * 4] * x[r * 4]
                  + x[r * 4 + 1] * x[r * 4 + 1]
                  + x[r * 4 + 2] * x[r * 4 + 2]
                  + x[r * 4 + 3] * x[r * 4 + 3]);
      for (int i = 0; i < 4; i++) {
        unit[r * 4 + i] = x[r * 4 + i] / norm;
      }
    }
    assertClose(unit, ops.l2Normalize(tx), 2, 3, 4);
    assertArrayEquals(new float[3], ops.download(ops.l2Normalize(ops.upload(new float[3], 1, 3))));
  }

  @Test
  void batchNormByBatchAndByRunningStatistics() {
    int m = 5;
    float[] x = draw(m * 2);
    float[] w = {1.5f, -2};
    float[] b = {0.25f, 3};
    double[] expected = new double[x.length];
    double[] means = new double[2];
    double[] variances = new double[2];
    for (int c = 0; c < 2; c++) {
      for (int r = 0; r < m; r++) {
        means[c] += x[r * 2 + c] / (double) m;
      }
      double square = 0;
      for (int r = 0; r < m; r++) {
        square += Math.pow(x[r * 2 + c] - means[c], 2);
      }
      variances[c] = square / (m - 1);
      for (int r = 0; r < m; r++) {
        expected[r * 2 + c] =
            (x[r * 2 + c] - means[c]) / Math.sqrt(square / m + 1e-5) * w[c] + b[c];
      }
    }
    Tensor tx = ops.upload(x, m, 2);
    Tensor tw = ops.upload(w, 2);
    Tensor tb = ops.upload(b, 2);
    BatchNormOutput out = ops.batchNormTraining(tx, tw, tb, 1e-5);
    assertClose(expected, out.output(), m, 2);
    assertClose(means, out.mean(), 2);
    assertClose(variances, out.variance(), 2);
    Tensor biased = ops.affine(out.variance(), (m - 1.0) / m, 0);
    assertClose(expected, ops.batchNorm(tx, tw, tb, out.mean(), biased, 1e-5), m, 2);
    assertThrows(
        PrecordiaException.class, () -> ops.batchNormTraining(ops.upload(w, 1, 2), tw, tb, 1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "masked", "causal", "grouped", "biased", "cross", "all"})
  void attention(String kind) {
    boolean all = kind.equals("all");
    int n = 2;
    int tk = 5;
    int tq = kind.equals("cross") || all ? 3 : 5;
    int heads = 4;
    int kv = kind.equals("grouped") || all ? 2 : 4;
    int hd = 3;
    float[] q = draw(n * tq * heads * hd);
    float[] k = draw(n * tk * kv * hd);
    float[] v = draw(n * tk * kv * hd);
    float @Nullable [] mask =
        kind.equals("masked") || all ? new float[] {1, 1, 1, 0, 0, 1, 1, 1, 1, 0} : null;
    float @Nullable [] bias = kind.equals("biased") || all ? draw(heads * tq * tk) : null;
    boolean causal = kind.equals("causal") || all;
    AttentionSpec spec = AttentionSpec.of(heads, hd).withKvHeads(kv).withCausal(causal);
    if (mask != null) {
      spec = spec.withKeyMask(ops.upload(mask, n, tk));
    }
    if (bias != null) {
      spec = spec.withBias(ops.upload(bias, 1, heads, tq, tk));
    }
    double[] expected =
        ScalarReference.attention(
            q, k, v, n, tq, tk, heads, kv, hd, 1 / Math.sqrt(hd), mask, causal, bias);
    Tensor tqs = ops.upload(q, n, tq, heads * hd);
    Tensor tks = ops.upload(k, n, tk, kv * hd);
    Tensor tvs = ops.upload(v, n, tk, kv * hd);
    assertClose(expected, ops.attention(tqs, tks, tvs, spec), n, tq, heads * hd);
    if (tq == tk) {
      assertClose(
          expected,
          ops.attentionPacked(ops.concat(2, List.of(tqs, tks, tvs)), spec),
          n,
          tq,
          heads * hd);
    }
  }

  @Test
  void ropeRotatesByPosition() {
    int t = 3;
    int hd = 4;
    float[] q = draw(t * hd);
    float[] k = draw(t * hd);
    float[] v = draw(t * hd);
    float[] cos = new float[t * 2];
    float[] sin = new float[t * 2];
    float[] rq = new float[q.length];
    float[] rk = new float[k.length];
    for (int p = 0; p < t; p++) {
      for (int i = 0; i < 2; i++) {
        double angle = p * Math.pow(10_000, -i / 2.0);
        cos[p * 2 + i] = (float) Math.cos(angle);
        sin[p * 2 + i] = (float) Math.sin(angle);
        for (float[][] pair : new float[][][] {{q, rq}, {k, rk}}) {
          float a = pair[0][p * hd + i];
          float b = pair[0][p * hd + 2 + i];
          pair[1][p * hd + i] = a * cos[p * 2 + i] - b * sin[p * 2 + i];
          pair[1][p * hd + 2 + i] = b * cos[p * 2 + i] + a * sin[p * 2 + i];
        }
      }
    }
    Rope rope = new Rope(ops.upload(cos, t, 2), ops.upload(sin, t, 2));
    double[] expected =
        ScalarReference.attention(rq, rk, v, 1, t, t, 1, 1, hd, 0.5, null, true, null);
    AttentionSpec spec = AttentionSpec.of(1, hd).withCausal(true).withRope(rope);
    assertClose(
        expected,
        ops.attention(
            ops.upload(q, 1, t, hd), ops.upload(k, 1, t, hd), ops.upload(v, 1, t, hd), spec),
        1,
        t,
        hd);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void framesMakeConvolution(int stride) {
    float[] x = draw(2 * 23 * 3);
    float[] w = draw(4 * 3 * 5);
    float[] b = draw(4);
    Tensor frames = ops.frames(ops.upload(x, 2, 23, 3), 5, stride);
    Tensor out =
        ops.linear(frames, ops.upload(w, 4, 15), ops.upload(b, 4), Activation.IDENTITY, null);
    assertClose(
        ScalarReference.conv1d(x, 2, 23, 3, w, 4, 5, stride, b), out, 2, (23 - 5) / stride + 1, 4);
  }

  @Test
  void patchesComeInRasterOrder() {
    float[] x = new float[2 * 4 * 6];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    float[] p = ops.download(ops.patchify(ops.upload(x, 1, 2, 4, 6), 2));
    // Patch 4 is row 1, column 1: rows 2-3, columns 2-3, channel 0 then 1.
    assertArrayEquals(
        new float[] {14, 15, 20, 21, 38, 39, 44, 45}, java.util.Arrays.copyOfRange(p, 32, 40));
  }

  @Test
  void embeddingReductionsAndLosses() {
    Tensor table = ops.upload(new float[] {0, 1, 10, 11, 20, 21}, 3, 2);
    Tensor looked = ops.embedding(table, ops.upload(new int[] {2, 0, 1, 1}, 2, 2));
    assertClose(d(20, 21, 0, 1, 10, 11, 10, 11), looked, 2, 2, 2);
    assertClose(d(20, 22, 20, 22), ops.sum(looked, 1), 2, 2);
    assertClose(d(10, 11, 10, 11), ops.mean(looked, 1), 2, 2);
    assertClose(d(10.5f), ops.meanAll(looked));
    assertClose(
        d(20, 21, 10, 11),
        ops.maskedMean(looked, ops.upload(new float[] {1, 0, 1, 1}, 2, 2)),
        2,
        2);
    float[] logits = draw(12);
    int[] targets = {2, 0, 3};
    float[] excluded = {1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
    Tensor t = ops.upload(logits, 3, 4);
    Tensor ids = ops.upload(targets, 3);
    assertClose(
        new double[] {ScalarReference.crossEntropy(logits, 3, 4, targets, null)},
        ops.crossEntropy(t, ids, null));
    assertClose(
        new double[] {ScalarReference.crossEntropy(logits, 3, 4, targets, excluded)},
        ops.crossEntropy(t, ids, ops.upload(excluded, 3, 4)));
    float[] p = ops.download(ops.softmax(t));
    assertEquals(1, p[0] + p[1] + p[2] + p[3], 1e-6);
    assertEquals(Math.exp(logits[0] - logits[1]), p[0] / p[1], 1e-4);
    assertArrayEquals(
        new int[] {1, 0},
        ops.downloadInts(ops.argmax(ops.upload(new float[] {0, 2, 1, 5, 4, 3}, 2, 3))));
  }

  @Test
  void scopesKeepOnlyWhatIsMovedOut() {
    Tensor kept;
    Tensor lost;
    try (Scope outer = ops.scope()) {
      Tensor x = ops.full(2, 3);
      try (Scope inner = ops.scope()) {
        lost = ops.affine(x, 2, 0);
        kept = inner.keep(ops.affine(lost, 1, 1));
      }
      assertArrayEquals(new float[] {5, 5, 5}, ops.download(kept));
      Tensor gone = lost;
      assertThrows(RuntimeException.class, () -> ops.download(gone));
      kept = outer.keep(kept);
    }
    assertArrayEquals(new float[] {5, 5, 5}, ops.download(kept));
  }

  @Test
  void threadsHaveTheirOwnScopes() throws Exception {
    Tensor shared = ops.upload(new float[] {1, 2}, 2);
    Supplier<Float> work =
        () -> {
          float sum = 0;
          for (int i = 0; i < 200; i++) {
            try (Scope scope = ops.scope()) {
              sum += ops.download(ops.meanAll(ops.affine(shared, 2, 0)))[0];
            }
          }
          return sum;
        };
    var other = java.util.concurrent.CompletableFuture.supplyAsync(work);
    assertEquals(600f, work.get());
    assertEquals(600f, other.get());
  }
}
