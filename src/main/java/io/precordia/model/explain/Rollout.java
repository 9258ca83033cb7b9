package io.precordia.model.explain;

import java.util.List;

/** Products of attention over the blocks, class token's row. All maps are [tokens·tokens]. */
public final class Rollout {
  private Rollout() {}

  /**
   * Attention rollout (Abnar and Zuidema, ACL 2020): Ā = (I + mean over heads of A)/2, whose rows
   * sum to 1.
   *
   * @return [tokens − 1], what the class token gathered from each other token
   */
  public static float[] plain(List<float[]> attention, int heads, int tokens) {
    Row row = new Row(tokens);
    for (int l = attention.size() - 1; l >= 0; l--) {
      row.times(mean(attention.get(l), heads, tokens, false), 0.5, 0.5);
    }
    return row.others();
  }

  /**
   * Gradient × relevance rollout (specification 1.9, steps 6 to 8): Ā = I + mean over heads of
   * max(0, ∇A ⊙ R), C = Ā_L · … · Ā_1 without row normalisation.
   *
   * @param gradient of the score by the attention of each block, [heads·tokens·tokens]
   * @param relevance that arrives at the attention of each block, same shape
   */
  public static float[] weighted(
      List<float[]> gradient, List<float[]> relevance, int heads, int tokens) {
    Row row = new Row(tokens);
    for (int l = gradient.size() - 1; l >= 0; l--) {
      row.times(layer(gradient.get(l), relevance.get(l), heads, tokens), 1, 1);
    }
    return row.others();
  }

  /** mean over heads of max(0, g ⊙ r), [tokens·tokens]. */
  static float[] layer(float[] gradient, float[] relevance, int heads, int tokens) {
    float[] product = new float[gradient.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = gradient[i] * relevance[i];
    }
    return mean(product, heads, tokens, true);
  }

  private static float[] mean(float[] maps, int heads, int tokens, boolean positive) {
    int size = tokens * tokens;
    float[] out = new float[size];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < size; i++) {
        float v = maps[h * size + i];
        out[i] += (positive ? Math.max(0, v) : v) / heads;
      }
    }
    return out;
  }

  /** The class token's row of the product so far: one row is all that is wanted of it. */
  private static final class Row {
    private final int tokens;
    private double[] values;

    Row(int tokens) {
      this.tokens = tokens;
      this.values = new double[tokens];
      values[0] = 1;
    }

    /** row ← row · (identity·I + share·map). */
    void times(float[] map, double identity, double share) {
      double[] out = new double[tokens];
      for (int i = 0; i < tokens; i++) {
        out[i] += identity * values[i];
        double weight = share * values[i];
        if (weight != 0) {
          for (int j = 0; j < tokens; j++) {
            out[j] += weight * map[i * tokens + j];
          }
        }
      }
      values = out;
    }

    float[] others() {
      float[] out = new float[tokens - 1];
      for (int j = 1; j < tokens; j++) {
        out[j - 1] = (float) values[j];
      }
      return out;
    }
  }
}
