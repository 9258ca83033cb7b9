package io.precordia.tensor.djl;

import ai.djl.pytorch.jni.JniUtils;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Tensor;

/**
 * PyTorch's autograd switch, per thread. DJL's own gradient collector is not used: it walks over
 * every array of the process to clear gradients.
 */
final class DjlAutograd {
  private final DjlMemory memory;
  private final ThreadLocal<Boolean> active = ThreadLocal.withInitial(() -> false);

  DjlAutograd(DjlMemory memory) {
    this.memory = memory;
  }

  boolean recording() {
    return active.get();
  }

  Recording record() {
    if (active.get()) {
      throw new IllegalStateException("this thread records already");
    }
    active.set(true);
    JniUtils.setGradMode(true);
    return () -> {
      JniUtils.setGradMode(false);
      active.remove();
    };
  }

  void backward(Tensor output, Tensor outputGradient) {
    DjlMemory.guarded(
        () -> {
          JniUtils.backward(DjlOps.array(output), DjlOps.array(outputGradient), false, false);
          return output;
        });
  }

  /** In place and outside the graph: target and value must not require gradients. */
  void blend(DjlOps ops, Tensor target, Tensor value, double momentum) {
    try (var scope = ops.scope()) {
      JniUtils.muli(DjlOps.array(target), memory.constant(1 - momentum));
      JniUtils.addi(DjlOps.array(target), DjlOps.array(ops.affine(value, momentum, 0)));
    }
  }
}
