package io.precordia.model.explain;

import io.precordia.nn.Adapters;

/**
 * What each scalar of an input adds to a score over what a baseline has: the gradient averaged on
 * the straight way from the baseline, times the difference (Sundararajan et al., ICML 2017). All of
 * it together is the difference of the scores, up to the steps of the way. Thread-safe.
 *
 * @param steps middle points of the way, in one pass
 */
public record IntegratedGradients(Tracer tracer, int steps) {
  public float[] of(
      Branch branch, Adapters adapters, float[] input, float[] baseline, float[] query) {
    int size = input.length;
    float[] way = new float[steps * size];
    for (int m = 0; m < steps; m++) {
      float share = (m + 0.5f) / steps;
      for (int i = 0; i < size; i++) {
        way[m * size + i] = baseline[i] + share * (input[i] - baseline[i]);
      }
    }
    float[] gradients = tracer.gradients(branch, adapters, way, query);
    float[] out = new float[size];
    for (int i = 0; i < size; i++) {
      double sum = 0;
      for (int m = 0; m < steps; m++) {
        sum += gradients[m * size + i];
      }
      out[i] = (float) (sum / steps * (input[i] - baseline[i]));
    }
    return out;
  }
}
