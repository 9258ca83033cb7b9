package io.precordia.tensor.djl;

import ai.djl.pytorch.jni.JniUtils;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;

/** Activations, composed where PyTorch's binding lacks them. */
final class DjlPointwise {
  private final DjlOps ops;
  private final DjlMemory memory;

  DjlPointwise(DjlOps ops, DjlMemory memory) {
    this.ops = ops;
    this.memory = memory;
  }

  Tensor activation(Tensor x, Activation function) {
    return switch (function) {
      case IDENTITY -> x;
      case RELU -> memory.of(() -> JniUtils.relu(DjlOps.array(x)));
      case GELU -> memory.of(() -> JniUtils.gelu(DjlOps.array(x)));
      case GELU_TANH -> {
        Tensor cubic = ops.affine(ops.multiply(x, x), 0.044715, 1);
        Tensor inner =
            activation(
                ops.affine(ops.multiply(x, cubic), Math.sqrt(2 / Math.PI), 0), Activation.TANH);
        yield ops.multiply(x, ops.affine(inner, 0.5, 0.5));
      }
      case QUICK_GELU -> ops.multiply(x, activation(ops.affine(x, 1.702, 0), Activation.SIGMOID));
      case SILU -> ops.multiply(x, activation(x, Activation.SIGMOID));
      case TANH -> memory.of(() -> JniUtils.tanh(DjlOps.array(x)));
      case SIGMOID -> memory.of(() -> JniUtils.sigmoid(DjlOps.array(x)));
    };
  }
}
