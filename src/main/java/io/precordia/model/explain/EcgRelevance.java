package io.precordia.model.explain;

import java.util.Arrays;

/**
 * Relevance over one window of an ECG.
 *
 * @param leads [12][samples] in the order of {@link io.precordia.study.Lead}, at the model's rate
 * @param rateHz samples per second
 */
public record EcgRelevance(float[][] leads, double rateHz) implements RelevanceMap {
  public EcgRelevance {
    if (leads.length == 0 || !(rateHz > 0)) {
      throw new IllegalArgumentException("an ECG relevance map has leads and a rate");
    }
  }

  public int samples() {
    return leads[0].length;
  }

  /** Each lead's share of all relevance; zeros where there is none. */
  public float[] leadShares() {
    float[] out = new float[leads.length];
    double total = 0;
    for (int l = 0; l < out.length; l++) {
      double sum = 0;
      for (float v : leads[l]) {
        sum += v;
      }
      out[l] = (float) sum;
      total += sum;
    }
    for (int l = 0; l < out.length && total > 0; l++) {
      out[l] /= (float) total;
    }
    return out;
  }

  @Override
  public EcgRelevance normalised() {
    float largest = 0;
    for (float[] lead : leads) {
      for (float v : lead) {
        largest = Math.max(largest, v);
      }
    }
    float by = largest > 0 ? largest : 1;
    return new EcgRelevance(
        Arrays.stream(leads)
            .map(
                lead -> {
                  float[] out = new float[lead.length];
                  for (int i = 0; i < out.length; i++) {
                    out[i] = lead[i] / by;
                  }
                  return out;
                })
            .toArray(float[][]::new),
        rateHz);
  }
}
