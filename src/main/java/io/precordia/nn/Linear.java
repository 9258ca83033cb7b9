package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.LowRank;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * y = x·Wᵀ + b, named {@code path.weight} [out, in] and {@code path.bias} [out]. Adapters attach to
 * {@code path}.
 *
 * @param initializer start of the weight; a bias starts at zero
 */
public record Linear(String path, long in, long out, boolean bias, Initializer initializer)
    implements Layer {
  /** Truncated normal 0.02, as transformers use. */
  public Linear(String path, long in, long out, boolean bias) {
    this(path, in, out, bias, Initializer.NORMAL_002);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".weight", new long[] {out, in}, ParameterSpec.Role.WEIGHT, initializer));
    if (bias) {
      sink.accept(
          new ParameterSpec(
              path + ".bias", new long[] {out}, ParameterSpec.Role.BIAS, Initializer.ZEROS));
    }
  }

  /** x [n, …, in] to [n, …, out]. */
  public Tensor apply(Forward f, Tensor x) {
    return apply(f, x, Activation.IDENTITY);
  }

  public Tensor apply(Forward f, Tensor x, Activation activation) {
    LinearRewrite rewrite = f.adapters().rewrite(path);
    return rewrite == null
        ? compute(f, x, activation, f.adapters().forLinear(f.parameters(), path, f.training()))
        : rewrite.apply(f, this, x, activation);
  }

  /** The layer without any adapter. */
  public Tensor plain(Forward f, Tensor x, Activation activation) {
    return compute(f, x, activation, null);
  }

  private Tensor compute(Forward f, Tensor x, Activation activation, @Nullable LowRank adapter) {
    return f.ops()
        .linear(
            x, f.get(path + ".weight"), bias ? f.get(path + ".bias") : null, activation, adapter);
  }
}
