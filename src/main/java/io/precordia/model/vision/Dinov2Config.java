package io.precordia.model.vision;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PreNormConfig;

/**
 * {@code Dinov2Config} and {@code Dinov2WithRegistersConfig}.
 *
 * @param swiglu gated feed-forward layers
 * @param registers number of register tokens (Darcet et al. 2024); 0 for plain DINOv2
 * @param layerScale start of the layer scales
 */
record Dinov2Config(
    ImageGrid grid, PreNormConfig layer, boolean swiglu, int registers, double layerScale) {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  static Dinov2Config read(HubConfig config, boolean registers) {
    int width = config.size("hidden_size", 768);
    boolean swiglu = config.flag("use_swiglu_ffn", false);
    int hidden = (int) (width * config.number("mlp_ratio", 4));
    if (hidden < 1) {
      throw config.wrong("mlp_ratio", "it must be positive");
    }
    PreNormConfig layer =
        new PreNormConfig(
            width,
            config.size("num_hidden_layers", 12),
            config.heads(width, 12),
            // Two thirds, because the gate takes a matrix of its own; then a multiple of eight.
            swiglu ? ((int) (hidden * 2 / 3.0) + 7) / 8 * 8 : hidden,
            config.activation("hidden_act", "gelu"),
            config.number("layer_norm_eps", 1e-6),
            config.flag("qkv_bias", true),
            false,
            config.probability("attention_probs_dropout_prob", 0),
            config.probability("hidden_dropout_prob", 0),
            config.probability("drop_path_rate", 0));
    return new Dinov2Config(
        ImageGrid.read(config, 224, registers ? 16 : 14),
        layer,
        swiglu,
        registers ? config.count("num_register_tokens", 4) : 0,
        config.number("layerscale_value", 1));
  }
}
