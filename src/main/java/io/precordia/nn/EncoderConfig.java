package io.precordia.nn;

/**
 * Shape of a transformer encoder.
 *
 * @param width model width d
 * @param depth number of blocks
 * @param heads attention heads, divides width
 * @param hidden width of the feed-forward layer
 * @param eps of the layer norms
 * @param preNorm norm before each sub-layer (ViT) rather than after it (BERT)
 * @param fusedQkv one projection for query, key and value
 * @param qkvBias whether those projections have a bias
 * @param dropKey ratios over the blocks, applied in training
 */
public record EncoderConfig(
    int width,
    int depth,
    int heads,
    int hidden,
    double eps,
    boolean preNorm,
    boolean fusedQkv,
    boolean qkvBias,
    DropKey dropKey) {
  public EncoderConfig {
    if (width < 1 || depth < 1 || heads < 1 || hidden < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "encoder: width, depth, heads and hidden must be positive and heads must divide width");
    }
  }

  /** Pre-norm ViT encoder: fused projections without bias, eps 1e-6, hidden = 4·width. */
  public static EncoderConfig vision(int width, int depth, int heads, DropKey dropKey) {
    return new EncoderConfig(width, depth, heads, 4 * width, 1e-6, true, true, false, dropKey);
  }
}
