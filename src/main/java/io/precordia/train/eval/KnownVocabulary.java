package io.precordia.train.eval;

import io.precordia.study.Modality;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * The wordings that a text encoder was trained on for one modality. A label whose text is far from
 * all of them was not trained, and its score means nothing.
 *
 * @param threshold least cosine with the nearest wording of a text that counts as known
 * @param accepted share of trained wordings, each held out of the list, that reach the threshold
 * @param refused share of unrelated terms, none of which chose the threshold, that do not reach it
 * @param phrases wordings
 */
public record KnownVocabulary(
    Modality modality, double threshold, double accepted, double refused, List<String> phrases) {
  public KnownVocabulary {
    Objects.requireNonNull(modality);
    phrases = List.copyOf(phrases);
  }

  /** Unit vectors of the wordings, in order. */
  public float[][] embedded(Function<List<String>, float[][]> embed) {
    return embed.apply(phrases.stream().map(KnownVocabulary::sentence).toList());
  }

  /** The form in which wordings and labels are compared. */
  public static String sentence(String phrase) {
    String text = phrase.strip();
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** Cosine of the nearest of {@code known} with a unit vector; −1 without any. */
  public static double nearest(float[] vector, float[][] known) {
    double best = -1;
    for (float[] other : known) {
      double dot = 0;
      for (int d = 0; d < vector.length; d++) {
        dot += (double) vector[d] * other[d];
      }
      best = Math.max(best, dot);
    }
    return best;
  }
}
