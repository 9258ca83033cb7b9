package io.precordia.train.eval;

import io.precordia.train.text.Fact;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Directions of one fact in the shared space: the normalised mean of its assertions, and the
 * difference to that of its denials.
 *
 * @param asserted unit norm
 * @param contrast asserted − denied; the zero-shot score of a study is its product with this
 */
public record PromptEnsemble(float[] asserted, float[] contrast) {
  public static PromptEnsemble of(Fact fact, BranchEmbedder embedder) {
    return of(SentenceTemplates.assertions(fact), SentenceTemplates.denials(fact), embedder::texts);
  }

  /**
   * @param embed texts to unit vectors
   */
  public static PromptEnsemble of(
      List<String> assertions, List<String> denials, Function<List<String>, float[][]> embed) {
    List<String> texts = new ArrayList<>(assertions);
    int positives = texts.size();
    texts.addAll(denials);
    float[][] vectors = embed.apply(texts);
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
