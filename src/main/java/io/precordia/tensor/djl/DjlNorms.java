package io.precordia.tensor.djl;

import ai.djl.pytorch.jni.JniUtils;
import io.precordia.tensor.BatchNormOutput;
import io.precordia.tensor.Tensor;

/** Normalisations that are composed here: RMS, and batch normalisation without cuDNN. */
final class DjlNorms {
  private final DjlOps ops;
  private final DjlMemory memory;

  DjlNorms(DjlOps ops, DjlMemory memory) {
    this.ops = ops;
    this.memory = memory;
  }

  Tensor rms(Tensor x, Tensor weight, double eps) {
    Tensor square =
        memory.of(() -> JniUtils.mean(DjlOps.array(ops.multiply(x, x)), x.rank() - 1, true));
    return ops.multiply(ops.multiply(x, ops.rsqrt(ops.affine(square, 1, eps))), weight);
  }

  Tensor batchEvaluation(
      Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double eps) {
    Tensor factor = ops.multiply(weight, ops.rsqrt(ops.affine(variance, 1, eps)));
    return ops.add(ops.multiply(x, factor), ops.subtract(bias, ops.multiply(mean, factor)));
  }

  BatchNormOutput batchTraining(Tensor x, Tensor weight, Tensor bias, double eps) {
    long m = x.size(0);
    Tensor mean = ops.mean(x, 0);
    Tensor centred = ops.subtract(x, mean);
    Tensor variance = ops.mean(ops.multiply(centred, centred), 0);
    Tensor factor = ops.multiply(weight, ops.rsqrt(ops.affine(variance, 1, eps)));
    Tensor output = ops.add(ops.multiply(centred, factor), bias);
    return new BatchNormOutput(
        output, ops.detach(mean), ops.affine(ops.detach(variance), (double) m / (m - 1), 0));
  }
}
