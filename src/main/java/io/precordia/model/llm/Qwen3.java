package io.precordia.model.llm;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.DecoderConfig;
import java.util.List;

/**
 * {@code Qwen3ForCausalLM} (Qwen team 2025): LLaMA with normalised queries and keys and a head
 * width of its own. Sliding windows are refused.
 */
final class Qwen3 {
  private Qwen3() {}

  static CausalLmConfig config(HubConfig config) {
    CausalLmConfig.requirePlainWeights(config);
    int depth = config.size("num_hidden_layers", 32);
    // A window that is set but not in use changes nothing; the released models carry one.
    if (!config.has("layer_types")
        && config.flag("use_sliding_window", false)
        && !config.isNull("sliding_window")
        && config.count("max_window_layers", 28) < depth) {
      throw config.wrong("use_sliding_window", "layers behind max_window_layers would be windowed");
    }
    for (String type : config.texts("layer_types", List.of())) {
      if (!type.equals("full_attention")) {
        throw config.wrong("layer_types", "only full_attention can be honoured");
      }
    }
    int width = config.size("hidden_size", 4096);
    int heads = config.size("num_attention_heads", 32);
    int kvHeads =
        config.size("num_key_value_heads", config.isNull("num_key_value_heads") ? heads : 32);
    int headDim = config.size("head_dim", 128);
    CausalLmConfig.requireHeads(config, heads, kvHeads, headDim);
    DecoderConfig decoder =
        new DecoderConfig(
            width,
            depth,
            heads,
            kvHeads,
            headDim,
            config.size("intermediate_size", 22016),
            config.activation("hidden_act", "silu"),
            config.number("rms_norm_eps", 1e-6),
            config.flag("attention_bias", false),
            false,
            true,
            CausalLmConfig.dropout(config, "attention_dropout"));
    return new CausalLmConfig(
        config.size("vocab_size", 151936),
        config.flag("tie_word_embeddings", false),
        decoder,
        RopeParameters.read(config, headDim, 32768));
  }
}
