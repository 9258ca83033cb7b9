package io.precordia.tensor.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.AdamWUpdate;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A leaf vector of PyTorch's autograd. One split makes all views, so the gradient comes back as one
 * concatenation instead of one zero-padded vector per parameter.
 */
final class DjlParameterBlock implements ParameterBlock {
  private final DjlOps ops;
  private final DjlMemory memory;
  private final PtNDArray leaf;

  /** The same storage outside autograd. */
  private final PtNDArray plain;

  private @Nullable PtNDArray first;
  private @Nullable PtNDArray second;

  DjlParameterBlock(DjlOps ops, DjlMemory memory, float[] initial) {
    this.ops = ops;
    this.memory = memory;
    this.leaf = DjlOps.array(memory.upload(initial, new long[] {initial.length}));
    leaf.attach(memory.root());
    this.plain = JniUtils.detachGradient(leaf);
    plain.attach(memory.root());
    JniUtils.attachGradient(leaf, true);
  }

  @Override
  public int size() {
    return Math.toIntExact(plain.getShape().size());
  }

  @Override
  public List<Tensor> views(List<long[]> shapes) {
    long[] sizes = shapes.stream().mapToLong(s -> new Shape(s).size()).toArray();
    long total = java.util.Arrays.stream(sizes).sum();
    if (total != size()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "shapes hold " + total + " values, the block " + size());
    }
    List<Tensor> out = new ArrayList<>();
    NDList pieces =
        DjlMemory.guarded(() -> JniUtils.split(ops.recording() ? leaf : plain, sizes, 0));
    for (int i = 0; i < sizes.length; i++) {
      PtNDArray piece = (PtNDArray) pieces.get(i);
      long[] shape = shapes.get(i);
      out.add(memory.of(() -> JniUtils.reshape(piece, shape)));
    }
    pieces.close();
    return out;
  }

  @Override
  public float[] read() {
    return plain.toFloatArray();
  }

  @Override
  public void write(float[] values) {
    overwrite(plain, values);
  }

  @Override
  public float @Nullable [] readGradient() {
    try (PtNDArray gradient = gradient()) {
      return gradient == null ? null : gradient.toFloatArray();
    }
  }

  @Override
  public @Nullable Tensor gradientSquaredNorm() {
    try (PtNDArray gradient = gradient()) {
      return gradient == null ? null : memory.of(() -> JniUtils.dot(gradient, gradient));
    }
  }

  private @Nullable PtNDArray gradient() {
    return JniUtils.getGradient(leaf);
  }

  @Override
  public void zeroGradient() {
    try (PtNDArray gradient = gradient()) {
      if (gradient != null) {
        JniUtils.zeroGrad(leaf);
      }
    }
  }

  @Override
  public void adamW(AdamWUpdate u) {
    try (PtNDArray gradient = gradient()) {
      if (gradient == null) {
        return;
      }
      double correction1 = 1 - Math.pow(u.beta1(), u.step());
      double correction2 = Math.sqrt(1 - Math.pow(u.beta2(), u.step()));
      // The native form adds eps to √v, not to √v̂; scaling eps by the same correction gives
      // PyTorch's optimiser.
      DjlMemory.guarded(
          () -> {
            JniUtils.adamUpdate(
                plain,
                gradient,
                moment(1),
                moment(2),
                (float) u.learningRate(),
                (float) (u.learningRate() * correction2 / correction1),
                (float) u.weightDecay(),
                (float) u.gradientScale(),
                -1f,
                (float) u.beta1(),
                (float) u.beta2(),
                (float) (u.eps() * correction2),
                true);
            return plain;
          });
    }
  }

  private PtNDArray moment(int order) {
    PtNDArray known = order == 1 ? first : second;
    if (known == null) {
      known = JniUtils.zerosLike(plain, DataType.FLOAT32, memory.device(), SparseFormat.DENSE);
      known.attach(memory.root());
      if (order == 1) {
        first = known;
      } else {
        second = known;
      }
    }
    return known;
  }

  @Override
  public float[][] readMoments() {
    return new float[][] {moment(1).toFloatArray(), moment(2).toFloatArray()};
  }

  @Override
  public void writeMoments(float[] firstMoment, float[] secondMoment) {
    overwrite(moment(1), firstMoment);
    overwrite(moment(2), secondMoment);
  }

  private void overwrite(PtNDArray target, float[] values) {
    try (var scope = ops.scope()) {
      ops.blend(new DjlTensor(target), memory.upload(values, new long[] {size()}), 1);
    }
  }

  @Override
  public void close() {
    leaf.close();
    plain.close();
    if (first != null) {
      first.close();
    }
    if (second != null) {
      second.close();
    }
  }
}
