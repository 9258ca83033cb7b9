package io.precordia.nn;

import io.precordia.tensor.Activation;

/**
 * Shape of a pre-norm transformer (ViT, DINOv2, CLIP, SigLIP).
 *
 * @param width model width, a multiple of {@code heads}
 * @param depth number of layers
 * @param hidden width of the feed-forward layer
 * @param eps of the layer norms
 * @param qkvBias whether query, key and value projections have a bias
 * @param causal a token sees only itself and what precedes it
 * @param attentionDropout probability of zeroing an attention weight in training
 * @param dropout of each sub-layer's output in training
 * @param dropPath probability of skipping a sub-layer for a whole row in training (stochastic
 *     depth, Huang et al. 2016)
 */
public record PreNormConfig(
    int width,
    int depth,
    int heads,
    int hidden,
    Activation activation,
    double eps,
    boolean qkvBias,
    boolean causal,
    double attentionDropout,
    double dropout,
    double dropPath) {
  public PreNormConfig {
    if (width < 1 || depth < 1 || heads < 1 || hidden < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "pre-norm layer: sizes must be positive and the heads must divide the width");
    }
  }
}
