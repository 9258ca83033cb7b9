package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * norm(x + dense(activation(dense(x)))): {@code first.dense}, {@code second.dense}, {@code
 * second.LayerNorm}.
 */
public record PostNormFeedForward(String first, String second, PostNormConfig config)
    implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    up().declare(sink);
    down().declare(sink);
    norm().declare(sink);
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x) {
    Tensor y = down().apply(f, up().apply(f, x, config.activation()));
    return norm().apply(f, f.ops().add(f.dropout(y, config.dropout()), x));
  }

  private Linear up() {
    return new Linear(first + ".dense", config.width(), config.hidden(), true);
  }

  private Linear down() {
    return new Linear(second + ".dense", config.hidden(), config.width(), true);
  }

  private LayerNorm norm() {
    return new LayerNorm(second + ".LayerNorm", config.width(), config.eps());
  }
}
