package io.precordia.model.explain;

/** From relevance of ECG tokens to relevance of instants. */
final class TokenTimes {
  private static final int HOP = 5;
  private static final int WINDOW = 25;

  private TokenTimes() {}

  /**
   * Token k sees samples 5k to 5k + 24 (specification 1.4), its middle most of all: each sample
   * gets the mean of the tokens that see it, weighted by a triangle over the window.
   */
  static float[] spread(float[] tokens, int samples) {
    float[] sum = new float[samples];
    float[] weight = new float[samples];
    int half = WINDOW / 2;
    for (int k = 0; k < tokens.length; k++) {
      for (int j = 0; j < WINDOW && HOP * k + j < samples; j++) {
        float w = 1 - Math.abs(j - half) / (half + 1f);
        sum[HOP * k + j] += w * tokens[k];
        weight[HOP * k + j] += w;
      }
    }
    for (int i = 0; i < samples; i++) {
      sum[i] = weight[i] > 0 ? sum[i] / weight[i] : 0;
    }
    return sum;
  }
}
