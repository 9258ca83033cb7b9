package io.precordia.train.optim;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/**
 * Whether each patch shows what a sentence asserts: σ of the contrast between the cosines of the
 * patch's own vector with the sentence that asserts a finding and with one that denies it. The
 * binary form of region-word alignment (Huang et al., "GLoRIA", ICCV 2021), with simulated masks in
 * place of learned attention; a patch gets its vector from the projection head of the whole film
 * (Zhou et al., "Extract free dense labels from CLIP", ECCV 2022), so that no parameter is added.
 */
public final class RegionLoss {
  /** Units of the logit per unit of cosine. */
  private static final double SCALE = 10;

  private final Ops ops;

  public RegionLoss(Ops ops) {
    this.ops = ops;
  }

  /**
   * @param patches [g, t, d], need not be normalised
   * @param asserting [g, d], need not be normalised
   * @param denying [g, d], need not be normalised
   * @param targets [g·t], 1 where the patch shows the finding, 0 where it does not
   * @param weights [g·t]; they sum to 1 within each of the g rows
   * @return mean over g, a scalar
   */
  public Tensor of(
      Tensor patches, Tensor asserting, Tensor denying, float[] targets, float[] weights) {
    long g = patches.size(0);
    long t = patches.size(1);
    Tensor contrast = ops.subtract(ops.l2Normalize(asserting), ops.l2Normalize(denying));
    Tensor logits =
        ops.reshape(
            ops.matmul(
                ops.l2Normalize(patches), ops.reshape(contrast, g, 1, contrast.size(1)), true),
            g,
            t);
    float[] wrong = new float[targets.length];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = (float) (SCALE * (1 - 2 * targets[i]));
    }
    Tensor each = Softplus.of(ops, ops.multiply(logits, ops.upload(wrong, g, t)));
    return ops.meanAll(ops.sum(ops.multiply(each, ops.upload(weights, g, t)), 1));
  }
}
