package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.BiFunction;

/**
 * Computes a layer that is not linear with other parameters for some batch rows: adapters that
 * replace a norm or a patch projection, or only their biases.
 */
@FunctionalInterface
public interface RowRewrite {
  /**
   * @param layer the layer's own computation, of any number of rows
   */
  Tensor apply(Forward f, Tensor x, BiFunction<Forward, Tensor, Tensor> layer);
}
