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
    return f.ops().layerNorm(x, f.get(path + ".weight"), f.get(path + ".bias"), eps);
  }
}
