package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** second(activation(first(x))), both linears with bias and under their own full paths. */
public record Mlp(
    String first, String second, int width, int hidden, Activation activation, double dropout)
    implements PositionWise {
  public Mlp(String first, String second, PreNormConfig config) {
    this(first, second, config.width(), config.hidden(), config.activation(), config.dropout());
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    up().declare(sink);
    down().declare(sink);
  }

  @Override
  public Tensor apply(Forward f, Tensor x) {
    return f.dropout(down().apply(f, up().apply(f, x, activation)), dropout);
  }

  private Linear up() {
    return new Linear(first, width, hidden, true);
  }

  private Linear down() {
    return new Linear(second, hidden, width, true);
  }
}
