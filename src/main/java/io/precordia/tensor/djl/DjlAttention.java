package io.precordia.tensor.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Rope;
import io.precordia.tensor.Tensor;
import java.util.List;

/** Attention as batched products and a softmax; DJL offers no fused kernel. */
final class DjlAttention {
  /**
   * Logit of padding and of causally hidden keys; below {@link #DROPPED}, so that dropping every
   * real key never lets padding in.
   */
  private static final double HIDDEN = -1e30;

  /** Logit of a key dropped by DropKey, as MoRE sets it. */
  private static final double DROPPED = -1e12;

  private final DjlOps ops;
  private final DjlMemory memory;

  DjlAttention(DjlOps ops, DjlMemory memory) {
    this.ops = ops;
    this.memory = memory;
  }

  Tensor apply(Tensor q, Tensor k, Tensor v, AttentionSpec spec) {
    long n = q.size(0);
    long queries = q.size(1);
    long headDim = q.size(2) / spec.heads();
    Tensor qh = ops.affine(rotated(split(q, spec.heads(), headDim), spec.rope()), spec.scale(), 0);
    Tensor kh = grouped(rotated(split(k, spec.kvHeads(), headDim), spec.rope()), spec);
    Tensor vh = grouped(split(v, spec.kvHeads(), v.size(2) / spec.kvHeads()), spec);
    Tensor weights = weights(ops.matmul(qh, kh, true), spec);
    Tensor mixed = ops.matmul(weights, vh, false);
    return ops.reshape(ops.permute(mixed, 0, 2, 1, 3), n, queries, -1);
  }

  /** Attention weights [n, heads, queries, keys] from scaled logits. */
  Tensor weights(Tensor logits, AttentionSpec spec) {
    Tensor s = logits;
    if (spec.bias() != null) {
      s = ops.add(s, spec.bias());
    }
    if (spec.keyMask() != null) {
      Tensor mask = spec.keyMask();
      s =
          ops.add(
              s, ops.reshape(ops.affine(mask, -HIDDEN, HIDDEN), mask.size(0), 1, 1, mask.size(1)));
    }
    if (spec.causal()) {
      s = ops.add(s, causal(Math.toIntExact(s.size(2)), Math.toIntExact(s.size(3))));
    }
    if (spec.dropKey() > 0) {
      s = dropKeys(s, spec.dropKey());
    }
    Tensor p = ops.softmax(s);
    return spec.dropout() > 0 ? ops.dropout(p, spec.dropout()) : p;
  }

  private Tensor dropKeys(Tensor s, double ratio) {
    PtNDArray logits = DjlOps.array(s);
    Tensor draw =
        memory.of(
            () ->
                JniUtils.uniform(
                    memory.manager(),
                    0,
                    1,
                    new Shape(s.shape()),
                    DataType.FLOAT32,
                    memory.device()));
    Tensor dropped = memory.of(() -> JniUtils.lt(DjlOps.array(draw), memory.constant(ratio)));
    return memory.of(() -> JniUtils.where(DjlOps.array(dropped), memory.constant(DROPPED), logits));
  }

  private Tensor split(Tensor x, int heads, long headDim) {
    return ops.permute(ops.reshape(x, x.size(0), x.size(1), heads, headDim), 0, 2, 1, 3);
  }

  private Tensor grouped(Tensor x, AttentionSpec spec) {
    int times = spec.heads() / spec.kvHeads();
    return times == 1 ? x : memory.of(() -> JniUtils.repeat(DjlOps.array(x), times, 1));
  }

  /** x [n, tokens, heads·headDim] with every head rotated by the token's position. */
  Tensor rotate(Tensor x, int heads, Rope rope) {
    Tensor turned = rotated(split(x, heads, x.size(2) / heads), rope);
    return ops.reshape(ops.permute(turned, 0, 2, 1, 3), x.shape());
  }

  private Tensor rotated(Tensor x, @org.jspecify.annotations.Nullable Rope rope) {
    if (rope == null) {
      return x;
    }
    long half = x.size(3) / 2;
    Tensor first = ops.slice(x, 3, 0, half);
    Tensor second = ops.slice(x, 3, half, 2 * half);
    Tensor left = ops.subtract(ops.multiply(first, rope.cos()), ops.multiply(second, rope.sin()));
    Tensor right = ops.add(ops.multiply(second, rope.cos()), ops.multiply(first, rope.sin()));
    return ops.concat(3, List.of(left, right));
  }

  private Tensor causal(int queries, int keys) {
    float[] mask = new float[queries * keys];
    for (int i = 0; i < queries; i++) {
      for (int j = i + keys - queries + 1; j < keys; j++) {
        mask[i * keys + j] = (float) HIDDEN;
      }
    }
    return ops.upload(mask, queries, keys);
  }
}
