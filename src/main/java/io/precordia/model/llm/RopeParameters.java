package io.precordia.model.llm;

import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.nn.RotaryPositions;
import java.util.List;

/**
 * Rotary frequencies from a configuration: {@code rope_parameters}, or in older files {@code
 * rope_theta} and {@code rope_scaling}. Types {@code default}, {@code linear} (Chen et al. 2023,
 * position interpolation), {@code dynamic} (NTK-aware, by the length reached), {@code yarn} ({@link
 * Yarn}) and {@code llama3} (Grattafiori et al. 2024, wavelengths treated by length) are honoured.
 */
final class RopeParameters {
  private static final double DEFAULT_THETA = 10_000;

  private RopeParameters() {}

  /**
   * @param maxPositions the configuration class's default of {@code max_position_embeddings}
   * @throws PrecordiaException BAD_WEIGHTS for other types and values
   */
  static RotaryPositions read(HubConfig config, int headDim, int maxPositions) {
    // Where a file has both, the reference takes the old section as a whole unless it is empty.
    HubConfig old = config.section("rope_scaling");
    HubConfig rope = old.isEmpty() ? config.section("rope_parameters") : old;
    requireWhole(config);
    requireWhole(rope);
    for (String kind : List.of("full_attention", "sliding_attention")) {
      if (rope.has(kind)) {
        throw rope.wrong(kind, "only one rotation for all layers can be honoured");
      }
    }
    double theta = rope.number("rope_theta", config.number("rope_theta", DEFAULT_THETA));
    if (!(theta > 0)) {
      throw (rope.has("rope_theta") ? rope : config).wrong("rope_theta", "it must be positive");
    }
    int longest = config.size("max_position_embeddings", maxPositions);
    RotaryPositions plain = RotaryPositions.of(headDim, theta);
    // The key was "type" before it was "rope_type".
    String key = rope.has("rope_type") ? "rope_type" : "type";
    return switch (rope.text(key, "default")) {
      case "default" -> plain;
      case "linear" -> linear(plain, positive(rope, "factor"));
      case "dynamic" -> dynamic(rope, headDim, theta, longest);
      case "yarn" -> Yarn.of(rope, headDim, theta, longest);
      case "llama3" -> llama3(plain, rope, rope.size("original_max_position_embeddings", longest));
      default ->
          throw rope.wrong(key, "only default, linear, dynamic, yarn and llama3 can be honoured");
    };
  }

  private static void requireWhole(HubConfig section) {
    if (section.number("partial_rotary_factor", 1) != 1) {
      throw section.wrong("partial_rotary_factor", "only 1 can be honoured");
    }
  }

  private static RotaryPositions dynamic(HubConfig rope, int headDim, double theta, int longest) {
    if (headDim < 4) {
      throw rope.wrong("rope_type", "dynamic needs a head_dim of at least 4");
    }
    return RotaryPositions.growing(headDim, theta, positive(rope, "factor"), longest);
  }

  static double positive(HubConfig rope, String key) {
    double value = rope.number(key, 0);
    if (!(value > 0)) {
      throw rope.wrong(key, "a positive number is needed");
    }
    return value;
  }

  private static RotaryPositions linear(RotaryPositions plain, double factor) {
    float[] out = plain.frequencies();
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (out[i] / factor);
    }
    return new RotaryPositions(out);
  }

  /** Long waves are stretched by the factor, short ones kept, those between interpolated. */
  private static RotaryPositions llama3(RotaryPositions plain, HubConfig rope, int original) {
    double factor = positive(rope, "factor");
    double low = positive(rope, "low_freq_factor");
    double high = positive(rope, "high_freq_factor");
    if (high <= low) {
      throw rope.wrong("high_freq_factor", "it must be larger than low_freq_factor");
    }
    float[] out = plain.frequencies();
    for (int i = 0; i < out.length; i++) {
      double turns = original * out[i] / (2 * Math.PI);
      double kept = Math.clamp((turns - low) / (high - low), 0, 1);
      out[i] = (float) ((1 - kept) * out[i] / factor + kept * out[i]);
    }
    return new RotaryPositions(out);
  }
}
