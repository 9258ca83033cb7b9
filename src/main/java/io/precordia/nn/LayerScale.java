package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** Learned factor {@code path.lambda1} per channel (Touvron et al. 2021). */
public record LayerScale(String path, int width, double start) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".lambda1",
            new long[] {width},
            ParameterSpec.Role.GAIN,
            new Initializer.Constant(start)));
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x) {
    return f.rowwise(path, x, (g, y) -> g.ops().multiply(y, g.get(path + ".lambda1")));
  }
}
