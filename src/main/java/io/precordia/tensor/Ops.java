package io.precordia.tensor;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compute contract: coarse operations over whole layers, written once against by {@code nn} and
 * {@code model}, implemented by every backend. Axes may be named from the end by negative numbers.
 *
 * <p>Lifetimes: a result belongs to the innermost {@link Scope} open on the calling thread, or to
 * the backend if there is none. Threads may use one {@code Ops} at the same time, each with its own
 * scopes. Host arrays cross only by {@code upload…} and {@code download…}; nothing else waits for
 * the device.
 *
 * <p>Shapes that do not fit raise {@code PrecordiaException} INVALID_ARGUMENT or the backend's own
 * complaint wrapped as INTERNAL.
 */
public interface Ops extends AutoCloseable {
  /** Device in words, for example {@code cpu} or {@code cuda:0}. */
  String device();

  Scope scope();

  // Borders

  /** FLOAT tensor with the given row-major values; the array is copied. */
  Tensor upload(float[] values, long... shape);

  /** INT tensor with the given row-major values; the array is copied. */
  Tensor upload(int[] values, long... shape);

  /** BYTE tensor with the given row-major octets; the array is copied. */
  Tensor upload(byte[] values, long... shape);

  /**
   * FLOAT tensor from the remaining little-endian octets of a (memory-mapped) buffer; the buffer's
   * position is unchanged.
   */
  Tensor uploadWeights(ByteBuffer values, StoredType type, long... shape);

  /** FLOAT tensor filled with one value. */
  Tensor full(double value, long... shape);

  /** Row-major copy of a FLOAT tensor; waits for the device. */
  float[] download(Tensor x);

  /** Row-major copy of an INT tensor; waits for the device. */
  int[] downloadInts(Tensor x);

  /** (octet · scale + shift) as FLOAT, octets read as 0 to 255. */
  Tensor bytesToFloat(Tensor bytes, double scale, double shift);

  // Shape

  /** Same elements in row-major order under another shape; at most one −1 is inferred. */
  Tensor reshape(Tensor x, long... shape);

  /** Axis i of the result is axis {@code axes[i]} of x. */
  Tensor permute(Tensor x, int... axes);

  /** Elements from (inclusive) to (exclusive) along one axis. */
  Tensor slice(Tensor x, int axis, long from, long to);

  Tensor concat(int axis, List<Tensor> parts);

  /** Repeats axes of size 1 up to the given shape. */
  Tensor broadcast(Tensor x, long... shape);

  /** Rows of x (axis 0) in the order of INT {@code rows} [m]. */
  Tensor gatherRows(Tensor x, Tensor rows);

  /** [size, …] of zeros to which row i of x is added at {@code rows[i]}. */
  Tensor scatterAddRows(Tensor x, Tensor rows, long size);

  /**
   * Overwrites the elements from {@code from} on along one axis of {@code target} by {@code part},
   * in place: the one exception to immutable tensors, for key/value caches. The target must come
   * from {@link #full} or an upload, and slices taken of it earlier may or may not see the new
   * values. Outside gradients only.
   */
  void write(Tensor target, int axis, long from, Tensor part);

  // Pointwise, with NumPy broadcasting

  Tensor add(Tensor a, Tensor b);

  Tensor subtract(Tensor a, Tensor b);

  Tensor multiply(Tensor a, Tensor b);

  /** x · scale + shift. */
  Tensor affine(Tensor x, double scale, double shift);

  Tensor exp(Tensor x);

  Tensor log(Tensor x);

  /** Limits every element to [low, high]; the gradient is 0 outside. */
  Tensor clamp(Tensor x, double low, double high);

  Tensor activation(Tensor x, Activation function);

  // Products

  /** a·b, or a·bᵀ (last two axes) if asked; leading axes broadcast. */
  Tensor matmul(Tensor a, Tensor b, boolean transposeB);

  /**
   * function(x·weightᵀ + bias + adapter).
   *
   * @param x [n, …, in]
   * @param weight [out, in]
   * @param bias [out] or null
   * @param adapter low-rank slots or null
   * @return [n, …, out]
   */
  Tensor linear(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Activation function,
      @Nullable LowRank adapter);

  /**
   * {@link #linear} where each batch row has its own adapter of any rank and kind, or none. Rows
   * without an adapter come out as if the whole batch had none, to the last bit.
   *
   * @param x [n, …, in] with n rows as in {@code segments}
   */
  default Tensor linearSegments(
      Tensor x, Tensor weight, @Nullable Tensor bias, Activation function, RowSegments segments) {
    try (Scope scope = scope()) {
      Tensor base = linear(x, weight, bias, Activation.IDENTITY, null);
      return scope.keep(activation(segments.applied(this, x, weight, bias, base), function));
    }
  }

  /**
   * Multi-head attention.
   *
   * @param q [n, queries, heads·headDim]
   * @param k [n, keys, kvHeads·headDim]
   * @param v [n, keys, kvHeads·headDim]
   * @return [n, queries, heads·headDim]
   */
  Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec);

  /**
   * {@link #attention} of q, k, v laid side by side: qkv is [n, tokens, (heads +
   * 2·kvHeads)·headDim].
   */
  default Tensor attentionPacked(Tensor qkv, AttentionSpec spec) {
    long headDim = qkv.size(-1) / (spec.heads() + 2L * spec.kvHeads());
    long k = spec.heads() * headDim;
    long v = k + spec.kvHeads() * headDim;
    return attention(
        slice(qkv, -1, 0, k), slice(qkv, -1, k, v), slice(qkv, -1, v, qkv.size(-1)), spec);
  }

  /**
   * Rotates the heads of x by position, as {@link #attention} does with {@link AttentionSpec#rope}.
   * A decoder with a cache rotates keys once, before they are cached.
   *
   * @param x [n, tokens, heads·headDim]
   */
  Tensor rotate(Tensor x, int heads, Rope rope);

  // Normalisation

  /** (x − mean)/√(variance + eps)·weight + bias over the last axis. */
  Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps);

  /** x/√(mean(x²) + eps)·weight over the last axis. */
  Tensor rmsNorm(Tensor x, Tensor weight, double eps);

  /**
   * (x − mean)/√(variance + eps)·weight + bias per column of x [m, c], with given statistics [c].
   */
  Tensor batchNorm(Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double eps);

  /**
   * Batch normalisation of x [m, c] by its own columns' statistics (biased variance); m at least 2.
   */
  BatchNormOutput batchNormTraining(Tensor x, Tensor weight, Tensor bias, double eps);

  /** x/max(‖x‖₂, 1e-12) over the last axis. */
  Tensor l2Normalize(Tensor x);

  // Embedding, patches, frames

  /**
   * Rows of {@code table} [vocabulary, d] by INT ids of any shape; result is ids' shape with d
   * appended.
   */
  Tensor embedding(Tensor table, Tensor ids);

  /**
   * Non-overlapping patches of [n, c, h, w] in raster order: [n, (h/p)(w/p), c·p·p], each in
   * (channel, row, column) order.
   */
  Tensor patchify(Tensor images, int patch);

  /**
   * Frames of a signal [n, t, c]: [n, (t − kernel)/stride + 1, c·kernel], each in (channel, tap)
   * order, so that conv1d is {@link #linear}.
   */
  Tensor frames(Tensor signal, int kernel, int stride);

  // Reductions and losses

  /** Sum over one axis, which is dropped. */
  Tensor sum(Tensor x, int axis);

  /** Mean over one axis, which is dropped. */
  Tensor mean(Tensor x, int axis);

  /** Mean of all elements, a scalar. */
  Tensor meanAll(Tensor x);

  /**
   * Mean over axis 1 of x [n, t, d] of the positions where mask [n, t] is 1: [n, d]. Rows without
   * any give 0.
   */
  Tensor maskedMean(Tensor x, Tensor mask);

  /** Softmax over the last axis. */
  Tensor softmax(Tensor x);

  /** Index of the largest element along the last axis, INT. */
  Tensor argmax(Tensor x);

  /**
   * Mean over rows of −log softmax(logits)[target].
   *
   * @param logits [n, classes]
   * @param targets INT [n]
   * @param excluded [n, classes], 1 where a class must not take part in the row's softmax, else 0;
   *     null to exclude none
   * @return a scalar
   */
  Tensor crossEntropy(Tensor logits, Tensor targets, @Nullable Tensor excluded);

  @Override
  void close();
}
