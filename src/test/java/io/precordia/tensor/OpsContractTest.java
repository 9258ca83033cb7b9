package io.precordia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every backend must compute, against {@link ScalarReference}: borders, shapes, pointwise,
 * reductions, lifetimes.
 */
public abstract class OpsContractTest extends BackendTest {
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
  void writesOverwriteOnlyTheirRange() {
    Tensor target = ops.full(0, 2, 3, 2);
    ops.write(target, 1, 1, ops.upload(new float[] {1, 2, 3, 4}, 2, 1, 2));
    assertArrayEquals(new float[] {0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0}, ops.download(target));
    ops.write(target, -1, 0, ops.full(9, 2, 3, 1));
    assertArrayEquals(new float[] {9, 0, 9, 2, 9, 0, 9, 0, 9, 4, 9, 0}, ops.download(target));
    Tensor tooLong = ops.full(1, 2, 3, 2);
    assertThrows(PrecordiaException.class, () -> ops.write(target, 1, 1, tooLong));
    Tensor otherRows = ops.full(1, 1, 1, 2);
    assertThrows(PrecordiaException.class, () -> ops.write(target, 1, 0, otherRows));
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
