package io.precordia.model.explain;

import java.util.List;

/**
 * What one pass and its gradient leave behind, on the host; first block first.
 *
 * @param heads of every block
 * @param tokens class token included
 * @param attention of each block, [heads·tokens·tokens], rows sum to 1
 * @param gradient of the score by each of them, same shape
 * @param blocks input of each block, [tokens·width]
 * @param blockGradient of the score by each of them, same shape
 * @param state class token behind the last norm, [width]
 * @param vector output of the head, not normalised
 * @param inputGradient of the score by every scalar of the input
 * @param score product of the normalised vector and the query
 */
public record Trace(
    int heads,
    int tokens,
    List<float[]> attention,
    List<float[]> gradient,
    List<float[]> blocks,
    List<float[]> blockGradient,
    float[] state,
    float[] vector,
    float[] inputGradient,
    double score) {
  /** Product of the normalised vector and another direction than the one that was traced. */
  double along(float[] direction) {
    double square = 1e-24;
    double product = 0;
    for (int d = 0; d < direction.length; d++) {
      square += (double) vector[d] * vector[d];
      product += (double) vector[d] * direction[d];
    }
    return product / Math.sqrt(square);
  }
}
