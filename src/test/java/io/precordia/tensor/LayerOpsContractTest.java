package io.precordia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.PrecordiaException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole-layer operations of every backend, against {@link ScalarReference}. */
public abstract class LayerOpsContractTest extends BackendTest {
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
  void segmentsOfDifferingRankApplyRowByRow() {
    float[] x = draw(5 * 2 * 3);
    float[] w = draw(4 * 3);
    float[] bias = draw(4);
    int[] ranks = {1, 3, 2};
    double[] scalings = {0.5, 2, -1};
    int[] rows = {1, -1, 0, 1, -1};
    double[] expected = ScalarReference.linear(x, 10, 3, w, 4, bias);
    List<RowSegments.Slot> slots = new java.util.ArrayList<>();
    for (int s = 0; s < 3; s++) {
      int rank = ranks[s];
      float[] down = draw(rank * 3);
      float[] up = draw(4 * rank);
      slots.add(
          new RowSegments.Slot(ops.upload(down, rank, 3), ops.upload(up, 4, rank), scalings[s]));
      for (int at = 0; at < 10; at++) {
        for (int o = 0; o < 4 && rows[at / 2] == s; o++) {
          for (int r = 0; r < rank; r++) {
            double low = 0;
            for (int i = 0; i < 3; i++) {
              low += (double) x[at * 3 + i] * down[r * 3 + i];
            }
            expected[at * 4 + o] += scalings[s] * low * up[o * rank + r];
          }
        }
      }
    }
    Tensor tx = ops.upload(x, 5, 2, 3);
    Tensor tw = ops.upload(w, 4, 3);
    Tensor tb = ops.upload(bias, 4);
    RowSegments mixed = new RowSegments(slots, rows);
    assertClose(expected, ops.linearSegments(tx, tw, tb, Activation.IDENTITY, mixed), 5, 2, 4);
    float[] plain = ops.download(ops.linear(tx, tw, tb, Activation.GELU, null));
    float[] got = ops.download(ops.linearSegments(tx, tw, tb, Activation.GELU, mixed));
    for (int row : new int[] {1, 4}) {
      assertArrayEquals(
          java.util.Arrays.copyOfRange(plain, row * 8, row * 8 + 8),
          java.util.Arrays.copyOfRange(got, row * 8, row * 8 + 8));
    }
    assertArrayEquals(
        plain,
        ops.download(
            ops.linearSegments(
                tx,
                tw,
                tb,
                Activation.GELU,
                new RowSegments(slots, new int[] {-1, -1, -1, -1, -1}))));
    RowSegments whole = new RowSegments(slots, new int[] {2, 2, 2, 2, 2});
    RowSegments.Slot slot = slots.get(2);
    assertClose(
        d(
            ops.download(
                ops.linear(
                    tx,
                    tw,
                    tb,
                    Activation.TANH,
                    new LowRank(slot.down(), slot.up(), slot.scaling(), 0, null)))),
        ops.linearSegments(tx, tw, tb, Activation.TANH, whole),
        5,
        2,
        4);
    assertThrows(IllegalArgumentException.class, () -> new RowSegments(slots, new int[] {3}));
    assertThrows(
        io.precordia.error.PrecordiaException.class,
        () ->
            ops.linearSegments(
                tx, tw, tb, Activation.IDENTITY, new RowSegments(slots, new int[] {0})));
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

  @Test
  void rotateTurnsEveryHeadOfEveryRow() {
    int t = 3;
    int heads = 2;
    float[] x = draw(2 * t * heads * 4);
    float[] cos = draw(t * 2);
    float[] sin = draw(t * 2);
    double[] expected = new double[x.length];
    for (int head = 0; head < 2 * t * heads; head++) {
      int token = head / heads % t;
      for (int i = 0; i < 2; i++) {
        double a = x[head * 4 + i];
        double b = x[head * 4 + 2 + i];
        expected[head * 4 + i] = a * cos[token * 2 + i] - b * sin[token * 2 + i];
        expected[head * 4 + 2 + i] = b * cos[token * 2 + i] + a * sin[token * 2 + i];
      }
    }
    Rope rope = new Rope(ops.upload(cos, t, 2), ops.upload(sin, t, 2));
    Tensor tx = ops.upload(x, 2, t, heads * 4);
    assertClose(expected, ops.rotate(tx, heads, rope), 2, t, heads * 4);
    assertThrows(PrecordiaException.class, () -> ops.rotate(tx, 1, rope));
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
}
