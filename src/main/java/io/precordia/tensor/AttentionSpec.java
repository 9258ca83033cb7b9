package io.precordia.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Everything that distinguishes one attention from another, so that a backend can pick a fused
 * kernel. Logits are S = scale·q·kᵀ + bias, masked; weights are softmax(S) over keys.
 *
 * @param heads query heads
 * @param kvHeads key/value heads; divides {@code heads}; fewer than {@code heads} is grouped-query
 *     attention
 * @param scale factor of the logits, normally 1/√headDim
 * @param keyMask FLOAT [n, keys], 1 for a real key, 0 for padding; null when all are real. At least
 *     one key per row must be real
 * @param causal query i sees keys up to i + (keys − queries) only
 * @param bias FLOAT broadcastable to [n, heads, queries, keys], added to the logits; null for none
 * @param rope rotation of q and k by position; null for none
 * @param dropKey DropKey ratio p in [0, 1): each (query, key) logit is set to −1e12 with
 *     probability p, drawn independently per batch row, head, query and key, before the softmax and
 *     without 1/(1−p) rescale (Li et al., CVPR 2023). 0 is exactly plain attention
 * @param dropout probability of zeroing an attention weight after the softmax; 0 outside training
 * @param normalizer how logits become weights
 */
public record AttentionSpec(
    int heads,
    int kvHeads,
    double scale,
    @Nullable Tensor keyMask,
    boolean causal,
    @Nullable Tensor bias,
    @Nullable Rope rope,
    double dropKey,
    double dropout,
    Normalizer normalizer) {

  /**
   * How a row of logits becomes a row of weights. Further variants (p-Laplacian) are added here and
   * may be refused by a backend.
   */
  public enum Normalizer {
    SOFTMAX
  }

  public AttentionSpec {
    if (heads < 1 || kvHeads < 1 || heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          "attention: " + heads + " heads over " + kvHeads + " key heads");
    }
    if (!(dropKey >= 0 && dropKey < 1) || !(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("attention: drop ratios must lie in [0, 1)");
    }
  }

  /** Plain bidirectional multi-head attention with scale 1/√headDim. */
  public static AttentionSpec of(int heads, int headDim) {
    return new AttentionSpec(
        heads, heads, 1 / Math.sqrt(headDim), null, false, null, null, 0, 0, Normalizer.SOFTMAX);
  }

  public AttentionSpec withKeyMask(@Nullable Tensor mask) {
    return new AttentionSpec(
        heads, kvHeads, scale, mask, causal, bias, rope, dropKey, dropout, normalizer);
  }

  public AttentionSpec withKvHeads(int count) {
    return new AttentionSpec(
        heads, count, scale, keyMask, causal, bias, rope, dropKey, dropout, normalizer);
  }

  public AttentionSpec withCausal(boolean on) {
    return new AttentionSpec(
        heads, kvHeads, scale, keyMask, on, bias, rope, dropKey, dropout, normalizer);
  }

  public AttentionSpec withBias(@Nullable Tensor logitsBias) {
    return new AttentionSpec(
        heads, kvHeads, scale, keyMask, causal, logitsBias, rope, dropKey, dropout, normalizer);
  }

  public AttentionSpec withRope(@Nullable Rope rotation) {
    return new AttentionSpec(
        heads, kvHeads, scale, keyMask, causal, bias, rotation, dropKey, dropout, normalizer);
  }

  public AttentionSpec withDropKey(double ratio) {
    return new AttentionSpec(
        heads, kvHeads, scale, keyMask, causal, bias, rope, ratio, dropout, normalizer);
  }

  public AttentionSpec withDropout(double ratio) {
    return new AttentionSpec(
        heads, kvHeads, scale, keyMask, causal, bias, rope, dropKey, ratio, normalizer);
  }
}
