package io.precordia.model.vqa;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PostNormConfig;

/**
 * {@code BlipTextConfig}, which question encoder and answer decoder share.
 *
 * @param positions longest text in tokens
 * @param encoderWidth width of what cross-attention reads
 * @param tied whether the head's weight is the decoder's word embedding
 * @param labelSmoothing of the answer loss
 * @param bos token that starts an answer
 * @param sep token that ends an answer
 */
public record BlipTextConfig(
    PostNormConfig layer,
    int depth,
    int vocabulary,
    int positions,
    int encoderWidth,
    boolean tied,
    double labelSmoothing,
    int bos,
    int sep) {
  /**
   * @param tiedByDefault the whole model's {@code tie_word_embeddings}
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  static BlipTextConfig read(HubConfig config, int encoderWidth, boolean tiedByDefault) {
    // Without it the reference builds layers that have no cross-attention, and no answer.
    config.only("is_decoder", "true");
    int vocabulary = config.size("vocab_size", 30524);
    return new BlipTextConfig(
        PostNormSection.read(config, 8, 0),
        config.size("num_hidden_layers", 12),
        vocabulary,
        config.size("max_position_embeddings", 512),
        encoderWidth,
        config.flag("tie_word_embeddings", tiedByDefault),
        PostNormSection.probability(config, "label_smoothing", 0),
        token(config, "bos_token_id", 30522, vocabulary),
        config.integer("sep_token_id", 102));
  }

  private static int token(HubConfig config, String key, int orElse, int vocabulary) {
    int id = config.integer(key, orElse);
    if (id < 0 || id >= vocabulary) {
      throw config.wrong(key, "a token below vocab_size, " + vocabulary + ", is needed");
    }
    return id;
  }
}
