package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * down(activation(gate(x)) · up(x)) (Shazeer 2020, SwiGLU with SiLU): {@code path.gate_proj},
 * {@code path.up_proj}, {@code path.down_proj}.
 */
public record GatedFeedForward(
    String path, int width, int hidden, Activation activation, boolean bias) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    gate().declare(sink);
    up().declare(sink);
    down().declare(sink);
  }

  public Tensor apply(Forward f, Tensor x) {
    return down().apply(f, f.ops().multiply(gate().apply(f, x, activation), up().apply(f, x)));
  }

  private Linear gate() {
    return new Linear(path + ".gate_proj", width, hidden, bias);
  }

  private Linear up() {
    return new Linear(path + ".up_proj", width, hidden, bias);
  }

  private Linear down() {
    return new Linear(path + ".down_proj", hidden, width, bias);
  }
}
