package io.precordia.model.vqa;

import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.PostNormAttention;
import io.precordia.nn.PostNormFeedForward;
import io.precordia.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * One Q-Former layer: self-attention over queries and text; then the queries alone attend to the
 * image and pass {@code intermediate_query}/{@code output_query}, and text passes {@code
 * intermediate}/{@code output}.
 *
 * @param cross whether this layer has cross-attention
 */
record QFormerLayer(String path, QFormerConfig config, boolean cross) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    self().declare(sink);
    if (cross) {
      crossAttention().declare(sink);
    }
    if (config.textInput()) {
      feedForward("").declare(sink);
    }
    feedForward("_query").declare(sink);
  }

  /** x [n, queries + text, width], same shape out. */
  Tensor apply(Forward f, Tensor x, QFormerPass pass) {
    Tensor mixed = self().apply(f, x, self().keysValues(f, x), pass.mask(), false);
    long tokens = x.size(1);
    Tensor queries = f.ops().slice(mixed, 1, 0, pass.queries());
    if (cross) {
      queries =
          crossAttention()
              .apply(
                  f,
                  queries,
                  crossAttention().keysValues(f, pass.image()),
                  pass.imageMask(),
                  false);
    }
    queries = feedForward("_query").apply(f, queries);
    if (tokens == pass.queries()) {
      return queries;
    }
    Tensor text = feedForward("").apply(f, f.ops().slice(mixed, 1, pass.queries(), tokens));
    return f.ops().concat(1, List.of(queries, text));
  }

  private PostNormAttention self() {
    return new PostNormAttention(
        path + ".attention", path + ".attention.attention", config.layer().width(), config.layer());
  }

  private PostNormAttention crossAttention() {
    return new PostNormAttention(
        path + ".crossattention",
        path + ".crossattention.attention",
        config.encoderWidth(),
        config.layer());
  }

  private PostNormFeedForward feedForward(String suffix) {
    return new PostNormFeedForward(
        path + ".intermediate" + suffix, path + ".output" + suffix, config.layer());
  }
}
