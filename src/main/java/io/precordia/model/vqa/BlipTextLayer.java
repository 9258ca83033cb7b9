package io.precordia.model.vqa;

import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PostNormAttention;
import io.precordia.nn.PostNormFeedForward;
import java.util.function.Consumer;

/**
 * One layer of BLIP's text models: self-attention, cross-attention, feed-forward, all post-norm.
 */
record BlipTextLayer(
    PostNormAttention self, PostNormAttention cross, PostNormFeedForward feedForward)
    implements Layer {
  static BlipTextLayer of(String path, BlipTextConfig config) {
    return new BlipTextLayer(
        new PostNormAttention(
            path + ".attention", path + ".attention.self", config.layer().width(), config.layer()),
        new PostNormAttention(
            path + ".crossattention",
            path + ".crossattention.self",
            config.encoderWidth(),
            config.layer()),
        new PostNormFeedForward(path + ".intermediate", path + ".output", config.layer()));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    self.declare(sink);
    cross.declare(sink);
    feedForward.declare(sink);
  }
}
