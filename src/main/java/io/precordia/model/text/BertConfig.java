package io.precordia.model.text;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PostNormConfig;

/**
 * {@code BertConfig} and {@code RobertaConfig}.
 *
 * @param positions rows of the position table
 * @param types rows of the token-type table
 * @param padId id of padding
 * @param positionsFollowPadding whether a real token's position counts the real tokens up to it
 *     from {@code padId} + 1 on, padding staying at {@code padId} (RoBERTa), rather than its index
 */
record BertConfig(
    PostNormConfig layer,
    int depth,
    int vocabulary,
    int positions,
    int types,
    int padId,
    boolean positionsFollowPadding) {
  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  static BertConfig bert(HubConfig config) {
    return read(config, 30522, 0, false);
  }

  /**
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS naming the value that cannot be
   *     honoured
   */
  static BertConfig roberta(HubConfig config) {
    return read(config, config.modelType().equals("roberta") ? 50265 : 30522, 1, true);
  }

  private static BertConfig read(
      HubConfig config, int vocabulary, int padId, boolean positionsFollowPadding) {
    config.only("position_embedding_type", "absolute");
    config.only("is_decoder", "false");
    config.only("add_cross_attention", "false");
    int width = config.size("hidden_size", 768);
    int positions = config.size("max_position_embeddings", 512);
    int pad = config.count("pad_token_id", padId);
    if (positionsFollowPadding && positions <= pad + 1) {
      throw config.wrong(
          "max_position_embeddings", "it leaves no position behind pad_token_id, " + pad);
    }
    return new BertConfig(
        new PostNormConfig(
            width,
            config.heads(width, 12),
            config.size("intermediate_size", 3072),
            config.activation("hidden_act", "gelu"),
            config.number("layer_norm_eps", 1e-12),
            config.probability("attention_probs_dropout_prob", 0.1),
            config.probability("hidden_dropout_prob", 0.1)),
        config.size("num_hidden_layers", 12),
        config.size("vocab_size", vocabulary),
        positions,
        config.size("type_vocab_size", 2),
        pad,
        positionsFollowPadding);
  }

  int maxTokens() {
    return positionsFollowPadding ? positions - padId - 1 : positions;
  }
}
