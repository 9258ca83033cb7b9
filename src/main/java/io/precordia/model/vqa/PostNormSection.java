package io.precordia.model.vqa;

import io.precordia.model.hub.HubConfig;
import io.precordia.nn.PostNormConfig;

/** The keys that BERT-like sections of a configuration share. */
final class PostNormSection {
  private PostNormSection() {}

  /**
   * @param heads default of {@code num_attention_heads}
   * @param dropout default of both dropout probabilities
   */
  static PostNormConfig read(HubConfig config, int heads, double dropout) {
    config.only("position_embedding_type", "absolute");
    int width = config.size("hidden_size", 768);
    int count = config.size("num_attention_heads", heads);
    requireHeads(config, width, count);
    return new PostNormConfig(
        width,
        count,
        config.size("intermediate_size", 3072),
        config.activation("hidden_act", "gelu"),
        config.number("layer_norm_eps", 1e-12),
        probability(config, "attention_probs_dropout_prob", dropout),
        probability(config, "hidden_dropout_prob", dropout));
  }

  static void requireHeads(HubConfig config, int width, int heads) {
    if (width % heads != 0) {
      throw config.wrong("num_attention_heads", "it must divide hidden_size, " + width);
    }
  }

  static double probability(HubConfig config, String key, double orElse) {
    double p = config.number(key, orElse);
    if (!(p >= 0 && p < 1)) {
      throw config.wrong(key, "it must lie in [0, 1)");
    }
    return p;
  }
}
