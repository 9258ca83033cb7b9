package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** Layer normalisation over the last axis of width {@code width}. */
public record LayerNorm(String path, long width, double eps) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".weight", new long[] {width}, ParameterSpec.Role.GAIN, Initializer.ONES));
    sink.accept(
        new ParameterSpec(
            path + ".bias", new long[] {width}, ParameterSpec.Role.BIAS, Initializer.ZEROS));
  }

  public Tensor apply(Forward f, Tensor x) {
    return f.rowwise(
        path,
        x,
        (g, y) -> g.ops().layerNorm(y, g.get(path + ".weight"), g.get(path + ".bias"), eps));
  }
}
