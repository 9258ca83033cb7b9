package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/** A lookup table {@code path.weight} [rows, width]. */
public record EmbeddingTable(String path, int rows, int width) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(
        new ParameterSpec(
            path + ".weight",
            new long[] {rows, width},
            ParameterSpec.Role.EMBEDDING,
            Initializer.NORMAL_002));
  }

  /** INT ids of any shape to their rows: the shape of ids with width appended. */
  public Tensor apply(Forward f, Tensor ids) {
    return f.ops().embedding(f.get(path + ".weight"), ids);
  }
}
