package io.precordia.train.optim;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;

/**
 * Pairwise sigmoid loss (Zhai et al., "Sigmoid loss for language image pre-training", ICCV 2023):
 * every pair of rows is a yes-or-no question, answered by σ(cosine/τ + b). Here b is not trained
 * but −ln n, the logarithm of the odds that a random pair of a batch belongs together, so that the
 * model keeps the same parameters under either objective. The sum over a row is averaged over rows,
 * as in the paper.
 */
public final class SigmoidLoss implements PairLoss {
  private final Ops ops;
  private final Tensor inverseTemperature;

  /**
   * @param logTemperature ln τ, [1]; make a new loss object in every recording
   */
  public SigmoidLoss(Ops ops, Tensor logTemperature) {
    this.ops = ops;
    Tensor limited =
        ops.clamp(
            logTemperature, Math.log(InfoNce.MIN_TEMPERATURE), Math.log(InfoNce.MAX_TEMPERATURE));
    this.inverseTemperature = ops.exp(ops.affine(limited, -1, 0));
  }

  @Override
  public Tensor masked(Tensor a, Tensor b, float[] excluded) {
    int n = Math.toIntExact(a.size(0));
    float[] sign = new float[n * n];
    float[] weight = new float[n * n];
    for (int i = 0; i < n * n; i++) {
      boolean pair = i % n == i / n;
      sign[i] = pair ? -1 : 1;
      weight[i] = 1 - excluded[i];
    }
    Tensor cosine = ops.matmul(ops.l2Normalize(a), ops.l2Normalize(b), true);
    Tensor logits =
        ops.affine(ops.multiply(cosine, inverseTemperature), 1, -Math.log(Math.max(2, n)));
    Tensor wrong = ops.multiply(logits, ops.upload(sign, n, n));
    Tensor each = ops.multiply(Softplus.of(ops, wrong), ops.upload(weight, n, n));
    return ops.meanAll(ops.sum(each, 1));
  }
}
