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
    return second().apply(f, hidden(f, x));
  }

  /** What lies between the linears, [n, tokens, hidden]. */
  public Tensor hidden(Forward f, Tensor x) {
    return first().apply(f, x, Activation.GELU);
  }

  public Linear first() {
    return new Linear(path + ".fc1", width, hidden, true);
  }

  public Linear second() {
    return new Linear(path + ".fc2", hidden, width, true);
  }
}
