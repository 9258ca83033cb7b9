package io.precordia.model.vqa;

import io.precordia.model.hub.HubConfig;
import io.precordia.tensor.Activation;

/**
 * {@code BlipVisionConfig}.
 *
 * @param image side of the image in pixels; what is left behind the last whole patch is not seen
 */
public record BlipVisionConfig(
    int width,
    int depth,
    int heads,
    int hidden,
    int image,
    int patch,
    Activation activation,
    double eps,
    double attentionDropout) {
  int patches() {
    return (image / patch) * (image / patch);
  }

  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  static BlipVisionConfig read(HubConfig config) {
    config.only("num_channels", "3");
    int width = config.size("hidden_size", 768);
    int heads = config.size("num_attention_heads", 12);
    PostNormSection.requireHeads(config, width, heads);
    int image = config.side("image_size", 384);
    int patch = config.side("patch_size", 16);
    if (image < patch) {
      throw config.wrong("image_size", "it must not be below patch_size, " + patch);
    }
    return new BlipVisionConfig(
        width,
        config.size("num_hidden_layers", 12),
        heads,
        config.size("intermediate_size", 3072),
        image,
        patch,
        config.activation("hidden_act", "gelu"),
        config.number("layer_norm_eps", 1e-5),
        PostNormSection.probability(config, "attention_dropout", 0));
  }
}
