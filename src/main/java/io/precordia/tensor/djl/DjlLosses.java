package io.precordia.tensor.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Masked mean and cross-entropy. */
final class DjlLosses {
  private final DjlOps ops;
  private final DjlMemory memory;

  DjlLosses(DjlOps ops, DjlMemory memory) {
    this.ops = ops;
    this.memory = memory;
  }

  Tensor maskedMean(Tensor x, Tensor mask) {
    long n = x.size(0);
    Tensor total = ops.sum(ops.multiply(x, ops.reshape(mask, n, x.size(1), 1)), 1);
    Tensor count =
        memory.of(() -> JniUtils.clip(DjlOps.array(ops.sum(mask, 1)), 1, Float.MAX_VALUE));
    return memory.of(
        () -> JniUtils.div(DjlOps.array(total), DjlOps.array(ops.reshape(count, n, 1))));
  }

  Tensor crossEntropy(Tensor logits, Tensor targets, @Nullable Tensor excluded) {
    Tensor allowed = excluded == null ? logits : ops.add(logits, ops.affine(excluded, -1e30, 0));
    Tensor logs = memory.of(() -> JniUtils.logSoftmax(DjlOps.array(allowed), 1, DataType.FLOAT32));
    Tensor picked =
        memory.of(
            () ->
                JniUtils.gather(DjlOps.array(logs), DjlOps.array(ops.reshape(targets, -1, 1)), 1));
    return ops.affine(ops.meanAll(picked), -1, 0);
  }
}
