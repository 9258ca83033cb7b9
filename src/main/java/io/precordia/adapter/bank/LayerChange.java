package io.precordia.adapter.bank;

import io.precordia.nn.ParameterSpec;
import java.util.List;

/**
 * Parameters in the place of those of a layer that is not linear: a norm, a layer scale, a patch
 * projection, a convolution.
 *
 * @param arrays the base's own declarations of what is replaced
 */
public record LayerChange(String path, List<ParameterSpec> arrays) implements ModuleChange {
  public LayerChange {
    arrays = List.copyOf(arrays);
  }
}
