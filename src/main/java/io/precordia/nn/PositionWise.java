package io.precordia.nn;

import io.precordia.tensor.Tensor;

/** A sub-layer that treats every token alike: the feed-forward part of a transformer layer. */
public interface PositionWise extends Layer {
  /** x [n, tokens, width], same shape out. */
  Tensor apply(Forward f, Tensor x);
}
