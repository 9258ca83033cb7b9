package io.precordia.model.vqa;

import io.precordia.nn.KeyValues;
import io.precordia.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What cross-attention reads, projected once for any number of passes.
 *
 * @param layers keys and values for every layer
 * @param mask [n, tokens], 1 for real ones; null if all are
 */
public record CrossMemory(List<KeyValues> layers, @Nullable Tensor mask) {
  public CrossMemory {
    layers = List.copyOf(layers);
  }
}
