package io.precordia.adapter.bank;

import io.precordia.nn.ParameterSpec;
import java.util.List;

/** What an adapter does to one module of the base. */
public sealed interface ModuleChange permits LinearChange, LayerChange, RoutedChange {
  /** Path of the module. */
  String path();

  /** The arrays that it needs, in the order in which they lie in memory. */
  List<ParameterSpec> arrays();

  /** Number of scalars. */
  default long count() {
    return arrays().stream().mapToLong(ParameterSpec::count).sum();
  }
}
