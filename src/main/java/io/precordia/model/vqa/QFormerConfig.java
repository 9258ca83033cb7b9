package io.precordia.model.vqa;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PostNormConfig;

/**
 * {@code Blip2QFormerConfig}.
 *
 * @param encoderWidth width of the image states that queries attend to
 * @param crossFrequency layers 0, f, 2f … have cross-attention
 * @param textInput whether layers have a second feed-forward for text behind the queries
 */
public record QFormerConfig(
    PostNormConfig layer, int depth, int encoderWidth, int crossFrequency, boolean textInput) {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  public static QFormerConfig read(HubConfig config) {
    config.only("model_type", "blip_2_qformer");
    return new QFormerConfig(
        PostNormSection.read(config, 12, 0.1),
        config.size("num_hidden_layers", 12),
        config.size("encoder_hidden_size", 1408),
        config.size("cross_attention_frequency", 2),
        config.flag("use_qformer_text_input", false));
  }
}
