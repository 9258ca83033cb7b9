package io.precordia.model.explain;

import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much of a study's score comes from each of its modalities. The study's vector is the
 * normalised mean of its modalities' vectors, its score the product with a query. A modality's
 * contribution is its Shapley value: what it adds to those that are already there, averaged over
 * all orders of coming in, where nothing at all scores 0 (Shapley 1953; Lundberg and Lee, NeurIPS
 * 2017). With at most three modalities it is exact. Contributions sum to the score.
 *
 * @param score of the whole study
 * @param parts in the order of {@link Modality}, those that the study has
 */
public record ModalityShares(double score, List<Part> parts) {
  /**
   * One modality's part.
   *
   * @param alone score of the study if it had only this modality
   * @param contribution Shapley value, in units of the score; negative if it speaks against the
   *     query
   * @param share of the contributions' absolute values, 0 to 1; all of them sum to 1, or are 0
   */
  public record Part(Modality modality, double alone, double contribution, double share) {}

  public ModalityShares {
    parts = List.copyOf(parts);
  }

  /**
   * @param vectors of each modality that the study has, each at least one; a modality speaks with
   *     the normalised mean of its vectors, so that ten films are no more than one
   * @param query direction in the shared space
   */
  public static ModalityShares of(Map<Modality, List<float[]>> vectors, float[] query) {
    if (vectors.isEmpty()) {
      throw new IllegalArgumentException("a study has at least one modality");
    }
    EnumMap<Modality, double[]> voices = new EnumMap<>(Modality.class);
    vectors.forEach((modality, list) -> voices.put(modality, unit(mean(list))));
    List<Modality> present = List.copyOf(voices.keySet());
    int n = present.size();
    double[] scores = new double[1 << n];
    for (int set = 1; set < scores.length; set++) {
      scores[set] = score(present, voices, set, query);
    }
    double[] contributions = new double[n];
    double absolute = 0;
    for (int i = 0; i < n; i++) {
      for (int set = 0; set < scores.length; set++) {
        if ((set >> i & 1) == 0) {
          contributions[i] +=
              weight(Integer.bitCount(set), n) * (scores[set | 1 << i] - scores[set]);
        }
      }
      absolute += Math.abs(contributions[i]);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double share = absolute > 0 ? Math.abs(contributions[i]) / absolute : 0;
      parts.add(new Part(present.get(i), scores[1 << i], contributions[i], share));
    }
    return new ModalityShares(scores[scores.length - 1], parts);
  }

  /** Share of the orders in which exactly these {@code before} come first: s!(n − s − 1)!/n!. */
  private static double weight(int before, int n) {
    double out = 1.0 / n;
    for (int k = 1; k <= before; k++) {
      out *= (double) k / (n - k);
    }
    return out;
  }

  private static double score(
      List<Modality> present, Map<Modality, double[]> voices, int set, float[] query) {
    double[] sum = new double[query.length];
    for (int i = 0; i < present.size(); i++) {
      double[] voice = voices.get(present.get(i));
      for (int d = 0; voice != null && (set >> i & 1) == 1 && d < sum.length; d++) {
        sum[d] += voice[d];
      }
    }
    double[] whole = unit(sum);
    double out = 0;
    for (int d = 0; d < whole.length; d++) {
      out += whole[d] * query[d];
    }
    return out;
  }

  private static double[] mean(List<float[]> vectors) {
    double[] out = new double[vectors.getFirst().length];
    for (float[] v : vectors) {
      for (int d = 0; d < out.length; d++) {
        out[d] += (double) v[d] / vectors.size();
      }
    }
    return out;
  }

  private static double[] unit(double[] v) {
    double square = 0;
    for (double x : v) {
      square += x * x;
    }
    double by = square > 0 ? Math.sqrt(square) : 1;
    double[] out = new double[v.length];
    for (int d = 0; d < v.length; d++) {
      out[d] = v[d] / by;
    }
    return out;
  }
}
