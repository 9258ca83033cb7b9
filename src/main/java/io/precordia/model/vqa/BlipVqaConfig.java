package io.precordia.model.vqa;

import io.precordia.model.hub.HubConfig;

/** {@code BlipConfig} as {@code BlipForQuestionAnswering} uses it. */
public record BlipVqaConfig(BlipVisionConfig vision, BlipTextConfig text) {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  public static BlipVqaConfig read(HubConfig config) {
    config.only("model_type", "blip");
    BlipVisionConfig vision = BlipVisionConfig.read(config.section("vision_config"));
    HubConfig section = config.section("text_config");
    // The reference overwrites encoder_hidden_size by the vision model's width, and the decoder
    // reads question states through layers of that same width.
    BlipTextConfig text =
        BlipTextConfig.read(section, vision.width(), config.flag("tie_word_embeddings", true));
    if (text.layer().width() != vision.width()) {
      throw section.wrong(
          "hidden_size", "it must equal the vision model's width, " + vision.width());
    }
    return new BlipVqaConfig(vision, text);
  }
}
