package io.precordia.model.explain;

/**
 * What the class token reads from each other token in the top blocks, and what it does to the
 * score: the sum over heads of attention × gradient in the class token's row (one step of
 * self-attention attribution, Hao et al., AAAI 2021). For one block this is the exact first-order
 * part of its attention in the score, signs included: only the sum is cut at zero, so that heads
 * that speak for and against a place cancel out. Reading in blocks below is left out, because their
 * tokens still mix on their way up; the block below the top counts less than the top.
 */
final class ClassReading {
  /** Weights of a film's blocks from the top down; chosen on validation studies. */
  static final double[] FILM = {1, 1.0 / 3};

  /** Weights of an ECG's blocks from the top down; chosen on validation studies. */
  static final double[] ECG = {1, 0.2};

  private ClassReading() {}

  /**
   * @param weights of the blocks from the top down
   * @return [tokens − 1], signed
   */
  static float[] of(Trace trace, double[] weights) {
    int tokens = trace.tokens();
    float[] out = new float[tokens - 1];
    for (int k = 0; k < Math.min(weights.length, trace.attention().size()); k++) {
      int block = trace.attention().size() - 1 - k;
      float[] attention = trace.attention().get(block);
      float[] gradient = trace.gradient().get(block);
      for (int h = 0; h < trace.heads(); h++) {
        int row = h * tokens * tokens;
        for (int j = 1; j < tokens; j++) {
          out[j - 1] += (float) (weights[k] * attention[row + j] * gradient[row + j]);
        }
      }
    }
    return out;
  }
}
