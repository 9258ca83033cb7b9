package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * One-dimensional convolution without padding over signals [n, t, in], as frames times a matrix.
 * The weight is stored as [out, in, kernel].
 */
public record Conv1d(String path, int in, int out, int kernel, int stride) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    Initializer start = Initializer.fanIn((long) in * kernel);
    sink.accept(
        new ParameterSpec(
            path + ".weight", new long[] {out, in, kernel}, ParameterSpec.Role.WEIGHT, start));
    sink.accept(
        new ParameterSpec(path + ".bias", new long[] {out}, ParameterSpec.Role.BIAS, start));
  }

  /** signal [n, t, in] to [n, (t − kernel)/stride + 1, out]. */
  public Tensor apply(Forward f, Tensor signal, Activation activation) {
    return f.rowwise(path, signal, (g, x) -> convolved(g, x, activation));
  }

  private Tensor convolved(Forward f, Tensor signal, Activation activation) {
    Tensor weight = f.ops().reshape(f.get(path + ".weight"), out, (long) in * kernel);
    return f.ops()
        .linear(
            f.ops().frames(signal, kernel, stride),
            weight,
            f.get(path + ".bias"),
            activation,
            null);
  }

  /** Frames out of {@code samples} samples. */
  public int frames(int samples) {
    return (samples - kernel) / stride + 1;
  }
}
