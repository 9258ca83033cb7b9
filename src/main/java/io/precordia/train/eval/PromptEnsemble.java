package io.precordia.train.eval;

import io.precordia.train.text.Fact;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.List;

/**
 * Directions of one fact in the shared space: the normalised mean of its assertions, and the
 * difference to that of its denials.
 *
 * @param asserted unit norm
 * @param contrast asserted − denied; the zero-shot score of a study is its product with this
 */
public record PromptEnsemble(float[] asserted, float[] contrast) {
  public static PromptEnsemble of(Fact fact, BranchEmbedder embedder) {
    List<String> texts = new ArrayList<>(SentenceTemplates.assertions(fact));
    int positives = texts.size();
    texts.addAll(SentenceTemplates.denials(fact));
    float[][] vectors = embedder.texts(texts);
    float[] asserted = mean(vectors, 0, positives);
    float[] denied = mean(vectors, positives, vectors.length);
    float[] contrast = new float[asserted.length];
    for (int d = 0; d < contrast.length; d++) {
      contrast[d] = asserted[d] - denied[d];
    }
    return new PromptEnsemble(asserted, contrast);
  }

  private static float[] mean(float[][] vectors, int from, int to) {
    float[] out = new float[vectors[0].length];
    double square = 0;
    for (int d = 0; d < out.length; d++) {
      for (int i = from; i < to; i++) {
        out[d] += vectors[i][d];
      }
      square += (double) out[d] * out[d];
    }
    for (int d = 0; d < out.length && square > 0; d++) {
      out[d] /= (float) Math.sqrt(square);
    }
    return out;
  }
}
