package io.precordia.nn;

import io.precordia.tensor.Activation;

/**
 * Shape of a causal decoder of the LLaMA family.
 *
 * @param width model width d
 * @param depth number of blocks
 * @param heads query heads
 * @param kvHeads key/value heads; divides {@code heads}
 * @param headDim width of one head; heads·headDim may differ from the width
 * @param hidden width of the gated feed-forward layer
 * @param activation of the gate
 * @param eps of the RMS norms
 * @param attentionBias whether the four attention projections have a bias
 * @param mlpBias whether the three feed-forward projections have a bias
 * @param qkNorm RMS norm of every query and key head before its rotation (Qwen3)
 * @param attentionDropout probability of zeroing an attention weight in training
 */
public record DecoderConfig(
    int width,
    int depth,
    int heads,
    int kvHeads,
    int headDim,
    int hidden,
    Activation activation,
    double eps,
    boolean attentionBias,
    boolean mlpBias,
    boolean qkNorm,
    double attentionDropout) {
  public DecoderConfig {
    if (width < 1 || depth < 1 || heads < 1 || kvHeads < 1 || hidden < 1) {
      throw new IllegalArgumentException("decoder: sizes must be positive");
    }
    if (heads % kvHeads != 0 || headDim < 2 || headDim % 2 != 0) {
      throw new IllegalArgumentException(
          "decoder: key heads must divide the heads, and a head's width must be even");
    }
  }
}
