package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** Two linears {@code path.fc1}, {@code path.fc2} with exact GELU between. */
public record FeedForward(String path, int width, int hidden) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    first().declare(sink);
    second().declare(sink);
  }

  public Tensor apply(Forward f, Tensor x) {
    return second().apply(f, first().apply(f, x, Activation.GELU));
  }

  private Linear first() {
    return new Linear(path + ".fc1", width, hidden, true);
  }

  private Linear second() {
    return new Linear(path + ".fc2", hidden, width, true);
  }
}
