package io.precordia.train.eval;

import io.precordia.train.text.Fact;
import io.precordia.train.text.SentenceTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Directions of one fact in the shared space: the normalised means of its assertions and of its
 * denials.
 *
 * @param asserted unit norm
 * @param denied unit norm; zero without denials
 */
public record PromptEnsemble(float[] asserted, float[] denied) {
  /**
   * @param embed texts to unit vectors
   */
  public static PromptEnsemble of(Fact fact, Function<List<String>, float[][]> embed) {
    return of(SentenceTemplates.assertions(fact), SentenceTemplates.denials(fact), embed);
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
    return new PromptEnsemble(
        mean(vectors, 0, positives), mean(vectors, positives, vectors.length));
  }

  /**
   * The zero-shot score of a study is its product with this.
   *
   * @param denialWeight 0 leaves the denials out, 1 gives the plain contrast; each set of weights
   *     has its own, {@link Calibration#denialWeight()}
   */
  public float[] direction(double denialWeight) {
    float[] out = new float[asserted.length];
    for (int d = 0; d < out.length; d++) {
      out[d] = (float) (asserted[d] - denialWeight * denied[d]);
    }
    return out;
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
