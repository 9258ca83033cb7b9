package io.precordia.model.hub;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.tensor.Tensor;

/** An image encoder of the hub. Stateless, so it serves any number of threads. */
public interface VisionModel extends Layer {
  /**
   * The reference's {@code last_hidden_state}.
   *
   * @param pixels [n, channels, imageSize, imageSize], normalised as the folder's image processor
   *     does; {@link #takesOtherSizes} tells whether other sizes pass
   * @return [n, tokens, width], special tokens first
   * @throws io.precordia.error.PrecordiaException INVALID_ARGUMENT for another shape
   */
  Tensor states(Forward f, Tensor pixels);

  /** States behind the first {@code layers} layers and before the last norm. */
  Tensor hidden(Forward f, Tensor pixels, int layers);

  /**
   * The reference's {@code pooler_output} [n, width of the pooler]; the class token's state where
   * the weights have no pooler.
   *
   * @param states from {@link #states}
   */
  Tensor pooledOf(Forward f, Tensor states);

  /** {@link #pooledOf} of {@link #states}. */
  default Tensor pooled(Forward f, Tensor pixels) {
    return pooledOf(f, states(f, pixels));
  }

  /** Side of the image in pixels. */
  int imageSize();

  int channels();

  /** Patches of an image of {@link #imageSize}. */
  int patches();

  /** Width of a token's state. */
  int width();

  /** Width of {@link #pooled}. */
  default int pooledWidth() {
    return width();
  }

  default boolean takesOtherSizes() {
    return false;
  }
}
