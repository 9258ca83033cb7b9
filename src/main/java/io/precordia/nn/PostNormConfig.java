package io.precordia.nn;

import io.precordia.tensor.Activation;

/**
 * Shape of the post-norm sub-layers of the BERT family with cross-attention.
 *
 * @param width model width, a multiple of {@code heads}
 * @param hidden width of the feed-forward layer
 * @param eps of the layer norms
 * @param attentionDropout probability of zeroing an attention weight in training
 * @param dropout of each sub-layer's output in training
 */
public record PostNormConfig(
    int width,
    int heads,
    int hidden,
    Activation activation,
    double eps,
    double attentionDropout,
    double dropout) {
  public PostNormConfig {
    if (width < 1 || heads < 1 || hidden < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "post-norm layer: sizes must be positive and the heads must divide the width");
    }
  }
}
