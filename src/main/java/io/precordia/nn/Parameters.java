package io.precordia.nn;

import io.precordia.tensor.Tensor;

/** Device tensors by parameter name. */
public interface Parameters {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS if there is no such parameter
   */
  Tensor get(String name);
}
