package io.precordia.tensor;

/**
 * Result of batch normalisation with batch statistics.
 *
 * @param output [m, c]
 * @param mean [c], mean over the m rows, outside the gradient
 * @param variance [c], unbiased variance over the m rows (divisor m − 1), outside the gradient
 */
public record BatchNormOutput(Tensor output, Tensor mean, Tensor variance) {}
