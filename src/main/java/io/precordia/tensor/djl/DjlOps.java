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
import io.precordia.tensor.Rope;
import io.precordia.tensor.Scope;
import io.precordia.tensor.StoredType;
import io.precordia.tensor.Tensor;
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
  private final DjlLinear linear;
  private final DjlPointwise pointwise;
  private final DjlFrames frames;
  private final DjlLosses losses;
  private final DjlAutograd autograd;

  private DjlOps(Device device) {
    this.memory = new DjlMemory(device);
    this.attention = new DjlAttention(this, memory);
    this.norms = new DjlNorms(this, memory);
    this.linear = new DjlLinear(this, memory);
    this.pointwise = new DjlPointwise(this, memory);
    this.frames = new DjlFrames(this, memory);
    this.losses = new DjlLosses(this, memory);
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
    return memory.uploadWeights(values, type, shape);
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

  @Override
  public void write(Tensor target, int axis, long from, Tensor part) {
    int at = axis < 0 ? target.rank() + axis : axis;
    long[] first = new long[target.rank()];
    long[] end = target.shape();
    first[at] = from;
    end[at] = from + part.size(at);
    long[] wanted = target.shape();
    wanted[at] = part.size(at);
    if (from < 0
        || end[at] > target.size(at)
        || !Arrays.equals(wanted, part.shape())
        || autograd.recording()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "write of "
              + Arrays.toString(part.shape())
              + " at "
              + from
              + " into "
              + Arrays.toString(target.shape())
              + ": it must fit, and no gradient may be recorded");
    }
    long[] step = new long[target.rank()];
    Arrays.fill(step, 1);
    DjlMemory.guarded(
        () -> {
          JniUtils.indexSet(array(target), array(part), first, end, step);
          return target;
        });
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
    return pointwise.activation(x, function);
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
    return linear.apply(x, weight, bias, function, adapter);
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

  @Override
  public Tensor rotate(Tensor x, int heads, Rope rope) {
    if (x.rank() != 3 || x.size(2) != 2 * heads * rope.cos().size(1)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "rotate: "
              + Arrays.toString(x.shape())
              + " is not "
              + heads
              + " heads of "
              + 2 * rope.cos().size(1));
    }
    try (Scope scope = scope()) {
      return scope.keep(attention.rotate(x, heads, rope));
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
    return frames.patches(images, patch);
  }

  @Override
  public Tensor frames(Tensor signal, int kernel, int stride) {
    return frames.frames(signal, kernel, stride);
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
    return losses.maskedMean(x, mask);
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
    return losses.crossEntropy(logits, targets, excluded);
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
