package io.precordia.nn;

import io.precordia.tensor.Tensor;

/**
 * Sees, and may replace, what an explanation needs of a pass in evaluation mode. Only {@link
 * SelfAttention} and {@link Encoder} ask it; layers that take their names from a checkpoint do not.
 */
public interface AttentionObserver {
  /**
   * @param path of the attention layer
   * @param weights [n, heads, queries, keys] after the softmax, valid during the call only unless
   *     recorded
   * @return what the pass goes on with: {@code weights}, or a tensor of the same shape
   */
  Tensor weights(String path, Tensor weights);

  /**
   * @param path of the attention layer of the block
   * @param x input of the block [n, tokens, width]
   * @return what the pass goes on with
   */
  default Tensor blockInput(String path, Tensor x) {
    return x;
  }
}
