package io.precordia.model.vqa;

import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Layer;
import io.precordia.nn.LayerNorm;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * {@code BlipTextLMPredictionHead}: dense, activation, norm, then scores of all words.
 *
 * @param path of {@code transform.dense}, {@code transform.LayerNorm}, {@code bias} (tied) or
 *     {@code decoder} (not tied)
 * @param tied name of the word embedding, of which a tied head takes its weight
 */
record BlipHead(String path, BlipTextConfig config, String tied) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    dense().declare(sink);
    norm().declare(sink);
    sink.accept(
        new ParameterSpec(
            biasName(),
            new long[] {config.vocabulary()},
            ParameterSpec.Role.BIAS,
            Initializer.ZEROS));
    if (!config.tied()) {
      sink.accept(
          new ParameterSpec(
              weightName(),
              new long[] {config.vocabulary(), config.layer().width()},
              ParameterSpec.Role.WEIGHT,
              Initializer.NORMAL_002));
    }
  }

  /** States [n, tokens, width] to logits [n, tokens, vocabulary]. */
  Tensor apply(Forward f, Tensor states) {
    Tensor x = norm().apply(f, dense().apply(f, states, config.layer().activation()));
    return f.ops()
        .linear(
            x,
            f.get(weightName()),
            f.get(biasName()),
            Activation.IDENTITY,
            f.adapters().forLinear(f.parameters(), path + ".decoder", f.training()));
  }

  private String biasName() {
    return path + (config.tied() ? ".bias" : ".decoder.bias");
  }

  private String weightName() {
    return config.tied() ? tied : path + ".decoder.weight";
  }

  private Linear dense() {
    return new Linear(
        path + ".transform.dense", config.layer().width(), config.layer().width(), true);
  }

  private LayerNorm norm() {
    return new LayerNorm(
        path + ".transform.LayerNorm", config.layer().width(), config.layer().eps());
  }
}
