package io.precordia.model.llm;

import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.nn.RotaryPositions;

/**
 * YaRN (Peng et al. 2023): frequencies that turn often within the trained length are kept, those
 * that turn seldom are divided by the factor, those between are blended; queries and keys grow by a
 * temperature.
 */
final class Yarn {
  private Yarn() {}

  /**
   * @param rope {@code rope_parameters} or {@code rope_scaling}
   * @param theta base of the frequencies
   * @param maxPositions the configuration's {@code max_position_embeddings}
   * @throws PrecordiaException BAD_WEIGHTS naming the value that cannot be honoured
   */
  static RotaryPositions of(HubConfig rope, int headDim, double theta, int maxPositions) {
    if (!(theta > 1)) {
      throw rope.wrong("rope_theta", "YaRN needs one above 1");
    }
    int trained = rope.size("original_max_position_embeddings", maxPositions);
    double factor =
        rope.has("factor")
            ? RopeParameters.positive(rope, "factor")
            : (double) maxPositions / trained;
    double fast = orElse(rope, "beta_fast", 32);
    double slow = orElse(rope, "beta_slow", 1);
    double low = pair(fast, headDim, theta, trained);
    double high = pair(slow, headDim, theta, trained);
    if (rope.flag("truncate", true)) {
      low = Math.floor(low);
      high = Math.ceil(high);
    }
    low = Math.max(low, 0);
    high = Math.min(high, headDim - 1);
    if (low == high) {
      high += 0.001; // as the reference does, for a step instead of a division by zero
    }
    float[] out = RotaryPositions.of(headDim, theta).frequencies();
    for (int i = 0; i < out.length; i++) {
      double divided = Math.clamp((i - low) / (high - low), 0, 1);
      out[i] = (float) (out[i] / factor * divided + out[i] * (1 - divided));
    }
    return new RotaryPositions(out, amplitude(rope, factor));
  }

  /** The pair of components that turns this often within the trained length, as a real number. */
  private static double pair(double turns, int headDim, double theta, int trained) {
    return headDim * Math.log(trained / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  private static double amplitude(HubConfig rope, double factor) {
    if (rope.has("attention_factor")) {
      return RopeParameters.positive(rope, "attention_factor");
    }
    double all = rope.number("mscale_all_dim", 0);
    double own = rope.number("mscale", 0);
    return all != 0 && own != 0
        ? temperature(factor, own) / temperature(factor, all)
        : temperature(factor, 1);
  }

  private static double temperature(double factor, double scale) {
    return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
  }

  /** Zero counts as absent, as in the reference. */
  private static double orElse(HubConfig rope, String key, double orElse) {
    double value = rope.number(key, 0);
    if (value < 0) {
      throw rope.wrong(key, "it must be positive");
    }
    return value == 0 ? orElse : value;
  }
}
