package io.precordia.model.vision;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PreNormConfig;
import io.precordia.tensor.Activation;

/**
 * {@code ViTConfig}.
 *
 * @param poolerWidth width of the pooler's output
 */
record VitConfig(
    ImageGrid grid, PreNormConfig layer, int poolerWidth, Activation poolerActivation) {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  static VitConfig read(HubConfig config) {
    int width = config.size("hidden_size", 768);
    PreNormConfig layer =
        new PreNormConfig(
            width,
            config.size("num_hidden_layers", 12),
            config.heads(width, 12),
            config.size("intermediate_size", 3072),
            config.activation("hidden_act", "gelu"),
            config.number("layer_norm_eps", 1e-12),
            config.flag("qkv_bias", true),
            false,
            config.probability("attention_probs_dropout_prob", 0),
            config.probability("hidden_dropout_prob", 0),
            0);
    return new VitConfig(
        ImageGrid.read(config, 224, 16),
        layer,
        config.size("pooler_output_size", width),
        config.activation("pooler_act", "tanh"));
  }
}
