package io.precordia.model.llm;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.DecoderConfig;

/** {@code LlamaForCausalLM} (Touvron et al. 2023), with the defaults of its configuration class. */
final class Llama {
  private Llama() {}

  static CausalLmConfig config(HubConfig config) {
    CausalLmConfig.requirePlainWeights(config);
    int width = config.size("hidden_size", 4096);
    int heads = config.size("num_attention_heads", 32);
    int kvHeads = config.size("num_key_value_heads", heads);
    if (!config.has("head_dim") && width % heads != 0) {
      throw config.wrong("hidden_size", "num_attention_heads must divide it");
    }
    int headDim = config.size("head_dim", width / heads);
    CausalLmConfig.requireHeads(config, heads, kvHeads, headDim);
    DecoderConfig decoder =
        new DecoderConfig(
            width,
            config.size("num_hidden_layers", 32),
            heads,
            kvHeads,
            headDim,
            config.size("intermediate_size", 11008),
            config.activation("hidden_act", "silu"),
            config.number("rms_norm_eps", 1e-6),
            config.flag("attention_bias", false),
            config.flag("mlp_bias", false),
            false,
            CausalLmConfig.dropout(config, "attention_dropout"));
    return new CausalLmConfig(
        config.size("vocab_size", 32000),
        config.flag("tie_word_embeddings", false),
        decoder,
        RopeParameters.read(config, headDim, 2048));
  }
}
