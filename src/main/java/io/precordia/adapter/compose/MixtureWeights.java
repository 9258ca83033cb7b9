package io.precordia.adapter.compose;

import io.precordia.nn.Forward;
import io.precordia.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** How much of each adapter a layer uses, position by position. */
@FunctionalInterface
public interface MixtureWeights {
  /**
   * @param x the layer's input [n, …, in]
   * @return [n, …, N], one weight per adapter in order; null for the base alone
   */
  @Nullable Tensor at(Forward f, String path, Tensor x);
}
