package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * SwiGLU feed-forward with gate and value in one matrix (Shazeer 2020, as DINOv2 stores it): [a, b]
 * = {@code path.weights_in}(x); {@code path.weights_out}(silu(a)·b).
 *
 * @param hidden width of a and of b
 */
public record SwiGlu(String path, int width, int hidden) implements PositionWise {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    in().declare(sink);
    out().declare(sink);
  }

  @Override
  public Tensor apply(Forward f, Tensor x) {
    Tensor both = in().apply(f, x);
    Tensor gate = f.ops().activation(f.ops().slice(both, -1, 0, hidden), Activation.SILU);
    return out().apply(f, f.ops().multiply(gate, f.ops().slice(both, -1, hidden, 2L * hidden)));
  }

  private Linear in() {
    return new Linear(path + ".weights_in", width, 2L * hidden, true);
  }

  private Linear out() {
    return new Linear(path + ".weights_out", hidden, width, true);
  }
}
