package io.precordia.tensor;

/**
 * One step of AdamW (Loshchilov and Hutter 2019), in PyTorch's form: θ ← θ(1 − lr·decay); m, v ←
 * moving averages; θ ← θ − lr·m̂/(√v̂ + eps).
 *
 * @param step 1 for the first update; bias correction uses it
 * @param gradientScale factor applied to the gradient first (clipping, accumulation)
 */
public record AdamWUpdate(
    long step,
    double learningRate,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    double gradientScale) {}
