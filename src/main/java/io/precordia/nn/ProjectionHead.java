package io.precordia.nn;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * MoRE's head: Linear without bias, BatchNorm, ReLU, Linear without bias, BatchNorm. L2
 * normalisation is left to the loss or the caller.
 */
public record ProjectionHead(String path, int in, int hidden, int out) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    first().declare(sink);
    new BatchNorm(path + ".bn1", hidden).declare(sink);
    second().declare(sink);
    new BatchNorm(path + ".bn2", out).declare(sink);
  }

  /** x [n, in] to [n, out]. */
  public Tensor apply(Forward f, Tensor x) {
    return new BatchNorm(path + ".bn2", out).apply(f, second().apply(f, hidden(f, x)));
  }

  /** What lies between the linears, [n, hidden]. */
  public Tensor hidden(Forward f, Tensor x) {
    Tensor h = new BatchNorm(path + ".bn1", hidden).apply(f, first().apply(f, x));
    return f.ops().activation(h, Activation.RELU);
  }

  public Linear first() {
    return new Linear(path + ".fc1", in, hidden, false, Initializer.fanIn(in));
  }

  public Linear second() {
    return new Linear(path + ".fc2", hidden, out, false, Initializer.fanIn(hidden));
  }
}
