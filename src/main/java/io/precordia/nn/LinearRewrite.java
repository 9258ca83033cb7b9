package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;

/**
 * Computes a linear layer otherwise than by one product with a low-rank addition: for adapters that
 * change the input, scale the output, or choose by row or token.
 */
@FunctionalInterface
public interface LinearRewrite {
  /**
   * @param layer the layer; {@link Linear#plain} computes it without adapters
   * @param x [n, …, in]
   * @return [n, …, out], {@code activation} applied
   */
  Tensor apply(Forward f, Linear layer, Tensor x, Activation activation);
}
