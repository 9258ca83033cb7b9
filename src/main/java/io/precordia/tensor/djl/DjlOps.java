package io.precordia.tensor.djl;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Activation;
import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.BatchNormOutput;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.LowRank;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.StoredType;
import io.precordia.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The compute contract on DJL's PyTorch engine, fp32, on the CPU or one CUDA device. Convolution
 * and batch normalisation are made of products and means, so no cuDNN is needed.
 */
public final class DjlOps implements DifferentiableOps {
  private static final double EPS_NORM = 1e-12;

  private final DjlMemory memory;
  private final DjlAttention attention;
  private final DjlNorms norms;
  private final DjlAutograd autograd;

  private DjlOps(Device device) {
    this.memory = new DjlMemory(device);
    this.attention = new DjlAttention(this, memory);
    this.norms = new DjlNorms(this, memory);
    this.autograd = new DjlAutograd(memory);
  }

  /** A backend on the CPU. Closing it frees everything it owns. */
  public static DjlOps cpu() {
    return new DjlOps(Device.cpu());
  }

  /**
   * A backend on CUDA device {@code index}; needs the CUDA natives of the {@code gpu} build
   * profile.
   */
  public static DjlOps cuda(int index) {
    return new DjlOps(Device.gpu(index));
  }

  static PtNDArray array(Tensor x) {
    return ((DjlTensor) x).array();
  }

  @Override
  public String device() {
    return memory.device().isGpu() ? "cuda:" + memory.device().getDeviceId() : "cpu";
  }

  @Override
  public Scope scope() {
    return memory.open();
  }

  // Borders

  @Override
  public Tensor upload(float[] values, long... shape) {
    return memory.upload(values, shape);
  }

  @Override
  public Tensor upload(int[] values, long... shape) {
    return memory.upload(values, shape);
  }

  @Override
  public Tensor upload(byte[] values, long... shape) {
    return memory.upload(values, shape);
  }

  @Override
  public Tensor uploadWeights(ByteBuffer values, StoredType type, long... shape) {
    MemorySegment source = MemorySegment.ofBuffer(values);
    long elements = source.byteSize() / type.bytes();
    return switch (type) {
      case F32 -> memory.upload(source, elements, DataType.FLOAT32, shape);
      case F16 -> {
        try (Scope scope = scope()) {
          Tensor half = memory.upload(source, elements, DataType.FLOAT16, shape);
          yield scope.keep(
              memory.of(() -> JniUtils.to(array(half), DataType.FLOAT32, memory.device())));
        }
      }
      case BF16 -> memory.upload(Bfloat16.widen(values), shape);
    };
  }

  @Override
  public Tensor full(double value, long... shape) {
    return memory.of(
        () ->
            JniUtils.full(
                memory.manager(),
                new Shape(shape),
                value,
                DataType.FLOAT32,
                memory.device(),
                SparseFormat.DENSE));
  }

  @Override
  public float[] download(Tensor x) {
    return DjlMemory.guarded(() -> array(x).toFloatArray());
  }

  @Override
  public int[] downloadInts(Tensor x) {
    return DjlMemory.guarded(
        () -> Arrays.stream(array(x).toLongArray()).mapToInt(Math::toIntExact).toArray());
  }

  @Override
  public Tensor bytesToFloat(Tensor bytes, double scale, double shift) {
    return affine(
        memory.of(() -> JniUtils.to(array(bytes), DataType.FLOAT32, memory.device())),
        scale,
        shift);
  }

  // Shape

  @Override
  public Tensor reshape(Tensor x, long... shape) {
    return memory.of(() -> JniUtils.reshape(array(x), shape));
  }

  @Override
  public Tensor permute(Tensor x, int... axes) {
    return memory.of(() -> JniUtils.permute(array(x), IntStream.of(axes).asLongStream().toArray()));
  }

  @Override
  public Tensor slice(Tensor x, int axis, long from, long to) {
    int at = axis < 0 ? x.rank() + axis : axis;
    if (from < 0 || to > x.size(at) || from > to) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "slice " + from + " to " + to + " of " + x.size(at));
    }
    return memory.of(() -> JniUtils.slice(array(x), at, from, to, 1));
  }

  @Override
  public Tensor concat(int axis, List<Tensor> parts) {
    PtNDArray[] arrays = parts.stream().map(DjlOps::array).toArray(PtNDArray[]::new);
    return memory.of(() -> JniUtils.cat(arrays, axis));
  }

  @Override
  public Tensor broadcast(Tensor x, long... shape) {
    return memory.of(() -> JniUtils.broadcast(array(x), new Shape(shape)));
  }

  @Override
  public Tensor gatherRows(Tensor x, Tensor rows) {
    long[] shape = x.shape();
    Tensor flat = shape.length == 2 ? x : reshape(x, shape[0], -1);
    Tensor picked = embedding(flat, rows);
    shape[0] = rows.size(0);
    return shape.length == 2 ? picked : reshape(picked, shape);
  }

  @Override
  public Tensor scatterAddRows(Tensor x, Tensor rows, long size) {
    long[] shape = x.shape();
    Tensor places =
        memory.of(() -> JniUtils.oneHot(array(rows), Math.toIntExact(size), DataType.FLOAT32));
    Tensor sums = matmul(permute(places, 1, 0), reshape(x, shape[0], -1), false);
    shape[0] = size;
    return reshape(sums, shape);
  }

  // Pointwise

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return memory.of(() -> JniUtils.add(array(a), array(b)));
  }

  @Override
  public Tensor subtract(Tensor a, Tensor b) {
    return memory.of(() -> JniUtils.sub(array(a), array(b)));
  }

  @Override
  public Tensor multiply(Tensor a, Tensor b) {
    return memory.of(() -> JniUtils.mul(array(a), array(b)));
  }

  @Override
  public Tensor affine(Tensor x, double scale, double shift) {
    Tensor scaled =
        scale == 1 ? x : memory.of(() -> JniUtils.mul(array(x), memory.constant(scale)));
    return shift == 0
        ? scaled
        : memory.of(() -> JniUtils.add(array(scaled), memory.constant(shift)));
  }

  @Override
  public Tensor exp(Tensor x) {
    return memory.of(() -> JniUtils.exp(array(x)));
  }

  @Override
  public Tensor log(Tensor x) {
    return memory.of(() -> JniUtils.log(array(x)));
  }

  Tensor rsqrt(Tensor x) {
    Tensor root = memory.of(() -> JniUtils.sqrt(array(x)));
    return memory.of(() -> JniUtils.div(memory.constant(1), array(root)));
  }

  @Override
  public Tensor clamp(Tensor x, double low, double high) {
    return memory.of(() -> JniUtils.clip(array(x), low, high));
  }

  @Override
  public Tensor activation(Tensor x, Activation function) {
    return switch (function) {
      case IDENTITY -> x;
      case RELU -> memory.of(() -> JniUtils.relu(array(x)));
      case GELU -> memory.of(() -> JniUtils.gelu(array(x)));
      case GELU_TANH -> {
        Tensor cubic = affine(multiply(x, x), 0.044715, 1);
        Tensor inner =
            activation(affine(multiply(x, cubic), Math.sqrt(2 / Math.PI), 0), Activation.TANH);
        yield multiply(x, affine(inner, 0.5, 0.5));
      }
      case QUICK_GELU -> multiply(x, activation(affine(x, 1.702, 0), Activation.SIGMOID));
      case SILU -> multiply(x, activation(x, Activation.SIGMOID));
      case TANH -> memory.of(() -> JniUtils.tanh(array(x)));
      case SIGMOID -> memory.of(() -> JniUtils.sigmoid(array(x)));
    };
  }

  // Products

  @Override
  public Tensor matmul(Tensor a, Tensor b, boolean transposeB) {
    if (!transposeB) {
      return memory.of(() -> JniUtils.matmul(array(a), array(b)));
    }
    Tensor turned = memory.of(() -> JniUtils.transpose(array(b), b.rank() - 2, b.rank() - 1));
    return memory.of(() -> JniUtils.matmul(array(a), array(turned)));
  }

  @Override
  public Tensor linear(
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
            ? matmul(x, weight, true)
            : memory.of(() -> JniUtils.linear(array(x), array(weight), array(bias)));
    return activation(adapter == null ? base : add(base, delta(x, adapter)), function);
  }

  private Tensor delta(Tensor x, LowRank adapter) {
    Tensor in = adapter.dropout() > 0 ? dropout(x, adapter.dropout()) : x;
    Tensor rows = adapter.rows();
    if (rows == null) {
      Tensor low = matmul(in, adapter.down(), true);
      return affine(matmul(low, adapter.up(), true), adapter.scaling(), 0);
    }
    // Rows without adapter read slot 0 and are multiplied away.
    Tensor safe =
        memory.of(
            () ->
                JniUtils.max(
                    array(rows),
                    array(
                        memory.own(
                            JniUtils.zerosLike(
                                array(rows),
                                DataType.INT64,
                                memory.device(),
                                SparseFormat.DENSE)))));
    Tensor used =
        memory.of(
            () ->
                JniUtils.to(
                    array(memory.of(() -> JniUtils.eq(array(rows), array(safe)))),
                    DataType.FLOAT32,
                    memory.device()));
    long n = x.size(0);
    Tensor flat = reshape(in, n, -1, x.size(-1));
    Tensor low = matmul(flat, gatherRows(adapter.down(), safe), true);
    Tensor high = matmul(low, gatherRows(adapter.up(), safe), true);
    Tensor scaled = multiply(high, affine(reshape(used, n, 1, 1), adapter.scaling(), 0));
    long[] shape = x.shape();
    shape[shape.length - 1] = high.size(-1);
    return reshape(scaled, shape);
  }

  @Override
  public Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec) {
    if (q.rank() != 3
        || q.size(2) % spec.heads() != 0
        || k.size(2) != q.size(2) / spec.heads() * spec.kvHeads()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "attention: queries "
              + Arrays.toString(q.shape())
              + " and keys "
              + Arrays.toString(k.shape())
              + " do not fit "
              + spec.heads()
              + " heads over "
              + spec.kvHeads());
    }
    try (Scope scope = scope()) {
      return scope.keep(attention.apply(q, k, v, spec));
    }
  }

  /**
   * Attention weights [n, heads, queries, keys] of scaled logits under {@code spec}; what {@link
   * #attention} multiplies the values with.
   */
  Tensor attentionWeights(Tensor logits, AttentionSpec spec) {
    try (Scope scope = scope()) {
      return scope.keep(attention.weights(logits, spec));
    }
  }

  // Normalisation

  @Override
  public Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
    return memory.of(
        () -> JniUtils.layerNorm(array(x), new Shape(x.size(-1)), array(weight), array(bias), eps));
  }

  @Override
  public Tensor rmsNorm(Tensor x, Tensor weight, double eps) {
    try (Scope scope = scope()) {
      return scope.keep(norms.rms(x, weight, eps));
    }
  }

  @Override
  public Tensor batchNorm(
      Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double eps) {
    try (Scope scope = scope()) {
      return scope.keep(norms.batchEvaluation(x, weight, bias, mean, variance, eps));
    }
  }

  @Override
  public BatchNormOutput batchNormTraining(Tensor x, Tensor weight, Tensor bias, double eps) {
    if (x.size(0) < 2) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "batch normalisation in training needs at least two rows: use a larger batch");
    }
    try (Scope scope = scope()) {
      BatchNormOutput out = norms.batchTraining(x, weight, bias, eps);
      return new BatchNormOutput(
          scope.keep(out.output()), scope.keep(out.mean()), scope.keep(out.variance()));
    }
  }

  @Override
  public Tensor l2Normalize(Tensor x) {
    return memory.of(() -> JniUtils.normalize(array(x), 2, x.rank() - 1, EPS_NORM));
  }

  // Embedding, patches, frames

  @Override
  public Tensor embedding(Tensor table, Tensor ids) {
    return memory.of(() -> JniUtils.embedding(array(ids), array(table), false));
  }

  @Override
  public Tensor patchify(Tensor images, int patch) {
    long[] s = images.shape();
    if (s.length != 4 || s[2] % patch != 0 || s[3] % patch != 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "patchify: " + Arrays.toString(s) + " by " + patch);
    }
    long rows = s[2] / patch;
    long columns = s[3] / patch;
    Tensor grid =
        permute(reshape(images, s[0], s[1], rows, patch, columns, patch), 0, 2, 4, 1, 3, 5);
    return reshape(grid, s[0], rows * columns, s[1] * patch * patch);
  }

  @Override
  public Tensor frames(Tensor signal, int kernel, int stride) {
    long[] s = signal.shape();
    if (s.length != 3 || s[1] < kernel) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "frames of " + kernel + " from " + Arrays.toString(s));
    }
    long count = (s[1] - kernel) / stride + 1;
    if (stride == kernel) {
      Tensor cut = count * kernel == s[1] ? signal : slice(signal, 1, 0, count * kernel);
      return reshape(
          permute(reshape(cut, s[0], count, kernel, s[2]), 0, 1, 3, 2), s[0], count, s[2] * kernel);
    }
    PtNDArray[] taps = new PtNDArray[kernel];
    for (int i = 0; i < kernel; i++) {
      int from = i;
      taps[i] =
          array(
              memory.of(
                  () ->
                      JniUtils.slice(
                          array(signal), 1, from, from + (count - 1) * stride + 1, stride)));
    }
    return reshape(memory.of(() -> JniUtils.stack(taps, 3)), s[0], count, s[2] * kernel);
  }

  // Reductions and losses

  @Override
  public Tensor sum(Tensor x, int axis) {
    return memory.of(() -> JniUtils.sum(array(x), new long[] {axis}, false));
  }

  @Override
  public Tensor mean(Tensor x, int axis) {
    return memory.of(() -> JniUtils.mean(array(x), axis, false));
  }

  @Override
  public Tensor meanAll(Tensor x) {
    return memory.of(() -> JniUtils.mean(array(x)));
  }

  @Override
  public Tensor maskedMean(Tensor x, Tensor mask) {
    long n = x.size(0);
    Tensor total = sum(multiply(x, reshape(mask, n, x.size(1), 1)), 1);
    Tensor count = memory.of(() -> JniUtils.clip(array(sum(mask, 1)), 1, Float.MAX_VALUE));
    return memory.of(() -> JniUtils.div(array(total), array(reshape(count, n, 1))));
  }

  @Override
  public Tensor softmax(Tensor x) {
    return memory.of(() -> JniUtils.softmax(array(x), x.rank() - 1, DataType.FLOAT32));
  }

  @Override
  public Tensor argmax(Tensor x) {
    return memory.of(() -> JniUtils.argMax(array(x), x.rank() - 1, false));
  }

  @Override
  public Tensor crossEntropy(Tensor logits, Tensor targets, @Nullable Tensor excluded) {
    Tensor allowed = excluded == null ? logits : add(logits, affine(excluded, -1e30, 0));
    Tensor logs = memory.of(() -> JniUtils.logSoftmax(array(allowed), 1, DataType.FLOAT32));
    Tensor picked =
        memory.of(() -> JniUtils.gather(array(logs), array(reshape(targets, -1, 1)), 1));
    return affine(meanAll(picked), -1, 0);
  }

  // Training

  @Override
  public Recording record() {
    return autograd.record();
  }

  @Override
  public boolean recording() {
    return autograd.recording();
  }

  @Override
  public void seed(long seed) {
    JniUtils.setSeed(seed);
  }

  @Override
  public Tensor dropout(Tensor x, double p) {
    return p == 0 ? x : memory.of(() -> JniUtils.dropout(array(x), p, true));
  }

  @Override
  public ParameterBlock parameters(float[] initial) {
    return new DjlParameterBlock(this, memory, initial);
  }

  @Override
  public void blend(Tensor target, Tensor value, double momentum) {
    autograd.blend(this, target, value, momentum);
  }

  @Override
  public Tensor detach(Tensor x) {
    return memory.of(() -> JniUtils.detachGradient(array(x)));
  }

  @Override
  public void backward(Tensor loss) {
    backward(loss, full(1, loss.shape()));
  }

  @Override
  public void backward(Tensor output, Tensor outputGradient) {
    autograd.backward(output, outputGradient);
  }

  /** Arrays that live outside any scope: uploaded weights, constants. */
  long liveArrays() {
    return memory.root().getManagedArrays().size();
  }

  @Override
  public void close() {
    memory.close();
  }
}
