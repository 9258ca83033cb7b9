package io.precordia.nn;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Tensor;
import java.util.Arrays;

/** Shape checks at the borders of layers. */
final class Shapes {
  private Shapes() {}

  /** Refuses a tensor whose shape differs from {@code expected}, where −1 stands for any size. */
  static void require(Tensor x, String what, long... expected) {
    long[] shape = x.shape();
    boolean fits = shape.length == expected.length;
    for (int i = 0; fits && i < shape.length; i++) {
      fits = expected[i] < 0 || expected[i] == shape[i];
    }
    if (!fits) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          what
              + " has shape "
              + Arrays.toString(shape)
              + " but "
              + Arrays.toString(expected)
              + " is required");
    }
  }
}
