package io.precordia.train.optim;

/**
 * Constants of AdamW.
 *
 * @param clipNorm gradients are scaled down to this global L2 norm if they exceed it; 0 for no
 *     clipping
 */
public record AdamWConfig(double beta1, double beta2, double eps, double clipNorm) {
  public AdamWConfig {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && eps > 0 && clipNorm >= 0)) {
      throw new IllegalArgumentException(
          "AdamW: betas in [0, 1), eps above 0, clip norm at least 0");
    }
  }

  /** 0.9, 0.999, 1e-8, clipped at 1. */
  public static AdamWConfig standard() {
    return new AdamWConfig(0.9, 0.999, 1e-8, 1.0);
  }
}
