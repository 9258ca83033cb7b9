package io.precordia.model.hub;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.tensor.Tensor;

/** A text encoder of the hub. Stateless, so it serves any number of threads. */
public interface TextModel extends Layer {
  /**
   * The reference's {@code last_hidden_state} [n, tokens, width]; states at padding mean nothing.
   *
   * @throws io.precordia.error.PrecordiaException INVALID_ARGUMENT for more than {@link #maxTokens}
   *     tokens or an id outside the vocabulary
   */
  Tensor states(Forward f, TextBatch batch);

  /**
   * The reference's {@code pooler_output} [n, pooledWidth]; the first token's state where the
   * weights have no pooler.
   *
   * @param states from {@link #states} of the same batch
   */
  Tensor pooledOf(Forward f, Tensor states, TextBatch batch);

  /** {@link #pooledOf} of {@link #states}. */
  default Tensor pooled(Forward f, TextBatch batch) {
    return pooledOf(f, states(f, batch), batch);
  }

  /** Longest text in tokens, special ones included. */
  int maxTokens();

  /** Token id of padding. */
  int padId();

  int width();

  /** Width of {@link #pooled}. */
  default int pooledWidth() {
    return width();
  }

  /**
   * Whether every text must be padded to {@link #maxTokens} and given without a mask, because the
   * model was trained so and pools its last token (SigLIP).
   */
  default boolean padsToMax() {
    return false;
  }
}
