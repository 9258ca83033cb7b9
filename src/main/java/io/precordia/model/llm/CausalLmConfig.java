package io.precordia.model.llm;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.hub.HubConfig;
import io.precordia.nn.DecoderConfig;
import io.precordia.nn.RotaryPositions;
import java.nio.file.Path;

/**
 * A causal language model, whatever its architecture is called.
 *
 * @param vocabulary number of tokens
 * @param tied whether the head's weight is the embedding table
 */
public record CausalLmConfig(
    int vocabulary, boolean tied, DecoderConfig decoder, RotaryPositions positions) {
  /**
   * Reads the {@code config.json} of a hub folder.
   *
   * @throws PrecordiaException BAD_WEIGHTS naming the value that cannot be honoured
   */
  public static CausalLmConfig read(Path folder) {
    HubConfig config = HubConfig.read(folder);
    return switch (config.modelType()) {
      case "llama" -> Llama.config(config);
      case "qwen3" -> Qwen3.config(config);
      default ->
          throw config.wrong("model_type", "only llama and qwen3 are causal language models here");
    };
  }

  /** Refuses sizes that do not go together, under the names of the file. */
  static void requireHeads(HubConfig config, int heads, int kvHeads, int headDim) {
    if (heads % kvHeads != 0) {
      throw config.wrong("num_key_value_heads", "it must divide num_attention_heads, " + heads);
    }
    if (headDim % 2 != 0) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "config.json: head_dim is " + headDim + "; rotary positions need an even one");
    }
  }

  /** Refuses weights in a compressed form. */
  static void requirePlainWeights(HubConfig config) {
    if (config.has("quantization_config")) {
      throw config.wrong("quantization_config", "only weights that are not quantised can be read");
    }
  }

  /** A probability of dropout. */
  static double dropout(HubConfig config, String key) {
    double p = config.number(key, 0);
    if (!(p >= 0 && p < 1)) {
      throw config.wrong(key, "it must lie in [0, 1)");
    }
    return p;
  }
}
