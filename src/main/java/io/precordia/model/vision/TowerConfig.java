package io.precordia.model.vision;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PreNormConfig;

/** What the vision towers of CLIP and SigLIP share. */
record TowerConfig(ImageGrid grid, PreNormConfig layer) {
  static TowerConfig clip(HubConfig config) {
    return read(config, 32, "quick_gelu", 1e-5);
  }

  static TowerConfig siglip(HubConfig config) {
    config.only("vision_use_head", "true");
    return read(config, 16, "gelu_pytorch_tanh", 1e-6);
  }

  private static TowerConfig read(HubConfig config, int patch, String activation, double eps) {
    int width = config.size("hidden_size", 768);
    return new TowerConfig(
        ImageGrid.read(config, 224, patch),
        new PreNormConfig(
            width,
            config.size("num_hidden_layers", 12),
            config.heads(width, 12),
            config.size("intermediate_size", 3072),
            config.activation("hidden_act", activation),
            config.number("layer_norm_eps", eps),
            true,
            false,
            config.probability("attention_dropout", 0),
            0,
            0));
  }
}
