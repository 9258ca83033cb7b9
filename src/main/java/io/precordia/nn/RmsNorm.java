package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** Root-mean-square normalisation over the last axis (Zhang and Sennrich 2019). */
public record RmsNorm(String path, long width, double eps) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".weight", new long[] {width}, ParameterSpec.Role.GAIN, Initializer.ONES));
  }

  public Tensor apply(Forward f, Tensor x) {
    return f.rowwise(path, x, (g, y) -> g.ops().rmsNorm(y, g.get(path + ".weight"), eps));
  }
}
