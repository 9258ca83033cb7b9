package io.precordia.model.text;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PreNormConfig;

/**
 * What the text towers of CLIP and SigLIP share.
 *
 * @param positions rows of the position table, the longest text
 * @param padId id of padding
 */
record TowerConfig(PreNormConfig layer, int vocabulary, int positions, int padId) {
  static TowerConfig clip(HubConfig config) {
    return read(
        config, 512, 8, 2048, "quick_gelu", 1e-5, true, config.size("vocab_size", 49408), 77);
  }

  static TowerConfig siglip(HubConfig config) {
    return read(
        config,
        768,
        12,
        3072,
        "gelu_pytorch_tanh",
        1e-6,
        false,
        config.size("vocab_size", 32000),
        64);
  }

  private static TowerConfig read(
      HubConfig config,
      int width,
      int heads,
      int hidden,
      String activation,
      double eps,
      boolean causal,
      int vocabulary,
      int positions) {
    int d = config.size("hidden_size", width);
    PreNormConfig layer =
        new PreNormConfig(
            d,
            config.size("num_hidden_layers", 12),
            config.heads(d, heads),
            config.size("intermediate_size", hidden),
            config.activation("hidden_act", activation),
            config.number("layer_norm_eps", eps),
            true,
            causal,
            config.probability("attention_dropout", 0),
            0,
            0);
    return new TowerConfig(
        layer,
        vocabulary,
        config.size("max_position_embeddings", positions),
        config.count("pad_token_id", 1));
  }
}
