package io.precordia.model.text;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PostNormAttention;
import io.precordia.nn.PostNormConfig;
import io.precordia.nn.PostNormFeedForward;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Self-attention and feed-forward part, each followed by a norm over the residual sum. */
record BertLayer(PostNormAttention attention, PostNormFeedForward feedForward) implements Layer {
  static BertLayer of(String path, PostNormConfig config) {
    return new BertLayer(
        new PostNormAttention(
            path + ".attention", path + ".attention.self", config.width(), config),
        new PostNormFeedForward(path + ".intermediate", path + ".output", config));
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    attention.declare(sink);
    feedForward.declare(sink);
  }

  /** x [n, tokens, width], same shape out. */
  Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    Tensor mixed = attention.apply(f, x, attention.keysValues(f, x), keyMask, false);
    return feedForward.apply(f, mixed);
  }
}
