package io.precordia.adapter.bank;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/** Weights of a router's members that come from outside of the layers (X-LoRA). */
@FunctionalInterface
public interface GivenWeights {
  /**
   * @param path the layer that asks
   * @return [rows of the router, positions, members], the rows in the order of the batch
   */
  Tensor at(Ops ops, String path);
}
