package io.precordia.train.optim;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/** ln(1 + eˣ) = max(0, x) + ln(1 + e^−|x|), which overflows nowhere. */
final class Softplus {
  private static final double FAR = 1e4;

  private Softplus() {}

  static Tensor of(Ops ops, Tensor x) {
    Tensor positive = ops.clamp(x, 0, FAR);
    Tensor minusAbsolute = ops.subtract(x, ops.affine(positive, 2, 0));
    return ops.add(positive, ops.log(ops.affine(ops.exp(minusAbsolute), 1, 1)));
  }
}
