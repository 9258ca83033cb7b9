package io.precordia.tensor.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Activation;
import io.precordia.tensor.LowRank;
import io.precordia.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Linear layers with adapter slots. */
final class DjlLinear {
  private final DjlOps ops;
  private final DjlMemory memory;

  DjlLinear(DjlOps ops, DjlMemory memory) {
    this.ops = ops;
    this.memory = memory;
  }

  Tensor apply(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Activation function,
      @Nullable LowRank adapter) {
    if (weight.rank() != 2 || x.size(-1) != weight.size(1)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "linear: input "
              + Arrays.toString(x.shape())
              + " does not fit weight "
              + Arrays.toString(weight.shape()));
    }
    Tensor base =
        bias == null
            ? ops.matmul(x, weight, true)
            : memory.of(
                () -> JniUtils.linear(DjlOps.array(x), DjlOps.array(weight), DjlOps.array(bias)));
    return ops.activation(adapter == null ? base : ops.add(base, delta(x, adapter)), function);
  }

  private Tensor delta(Tensor x, LowRank adapter) {
    Tensor in = adapter.dropout() > 0 ? ops.dropout(x, adapter.dropout()) : x;
    Tensor rows = adapter.rows();
    if (rows == null) {
      Tensor low = ops.matmul(in, adapter.down(), true);
      return ops.affine(ops.matmul(low, adapter.up(), true), adapter.scaling(), 0);
    }
    // Rows without adapter read slot 0 and are multiplied away.
    Tensor safe =
        memory.of(
            () ->
                JniUtils.max(
                    DjlOps.array(rows),
                    DjlOps.array(
                        memory.own(
                            JniUtils.zerosLike(
                                DjlOps.array(rows),
                                DataType.INT64,
                                memory.device(),
                                SparseFormat.DENSE)))));
    Tensor used =
        memory.of(
            () ->
                JniUtils.to(
                    DjlOps.array(
                        memory.of(() -> JniUtils.eq(DjlOps.array(rows), DjlOps.array(safe)))),
                    DataType.FLOAT32,
                    memory.device()));
    long n = x.size(0);
    Tensor flat = ops.reshape(in, n, -1, x.size(-1));
    Tensor low = ops.matmul(flat, ops.gatherRows(adapter.down(), safe), true);
    Tensor high = ops.matmul(low, ops.gatherRows(adapter.up(), safe), true);
    Tensor scaled =
        ops.multiply(high, ops.affine(ops.reshape(used, n, 1, 1), adapter.scaling(), 0));
    long[] shape = x.shape();
    shape[shape.length - 1] = high.size(-1);
    return ops.reshape(scaled, shape);
  }
}
