package io.precordia.tensor;

/**
 * Handle of a dense array on the backend's device, immutable but for {@link Ops#write}. It is valid
 * until the {@link Scope} that owns it closes; using it later is an error. A handle may be read by
 * several threads.
 */
public interface Tensor {
  /** Sizes of the axes, a fresh copy; empty for a scalar. */
  long[] shape();

  ElementKind kind();

  /** Number of axes. */
  default int rank() {
    return shape().length;
  }

  /** Size of one axis; negative counts from the end. */
  default long size(int axis) {
    long[] shape = shape();
    return shape[axis < 0 ? shape.length + axis : axis];
  }

  /** Number of elements. */
  default long elements() {
    long n = 1;
    for (long s : shape()) {
      n *= s;
    }
    return n;
  }
}
