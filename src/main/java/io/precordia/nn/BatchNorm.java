package io.precordia.nn;

import io.precordia.tensor.BatchNormOutput;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Batch normalisation of columns: eps 1e-5, running statistics {@code running_mean} and {@code
 * running_var} blended with momentum 0.1 (unbiased variance), as PyTorch does. In training a batch
 * needs at least two rows.
 */
public record BatchNorm(String path, long width) implements Layer {
  private static final double EPS = 1e-5;
  private static final double MOMENTUM = 0.1;

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    long[] shape = {width};
    sink.accept(
        new ParameterSpec(path + ".weight", shape, ParameterSpec.Role.GAIN, Initializer.ONES));
    sink.accept(
        new ParameterSpec(path + ".bias", shape, ParameterSpec.Role.BIAS, Initializer.ZEROS));
    sink.accept(
        new ParameterSpec(
            path + ".running_mean", shape, ParameterSpec.Role.BUFFER, Initializer.ZEROS));
    sink.accept(
        new ParameterSpec(
            path + ".running_var", shape, ParameterSpec.Role.BUFFER, Initializer.ONES));
  }

  /** x [m, width]. */
  public Tensor apply(Forward f, Tensor x) {
    if (!f.training()) {
      return f.rowwise(path, x, this::evaluated);
    }
    Tensor weight = f.get(path + ".weight");
    Tensor bias = f.get(path + ".bias");
    BatchNormOutput out = f.ops().batchNormTraining(x, weight, bias, EPS);
    f.blend(path + ".running_mean", out.mean(), MOMENTUM);
    f.blend(path + ".running_var", out.variance(), MOMENTUM);
    return out.output();
  }

  private Tensor evaluated(Forward f, Tensor x) {
    return f.ops()
        .batchNorm(
            x,
            f.get(path + ".weight"),
            f.get(path + ".bias"),
            f.get(path + ".running_mean"),
            f.get(path + ".running_var"),
            EPS);
  }
}
