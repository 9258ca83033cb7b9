package io.precordia.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A stateless layer: it knows the names and shapes of its parameters and how to compute with them,
 * and gets the values through {@link Forward}. So one layer object serves any number of threads,
 * backends and copies of the weights.
 */
public interface Layer {
  /** Declares every parameter, in a fixed order. */
  void declare(Consumer<ParameterSpec> sink);

  /** All parameters in declaration order. */
  default List<ParameterSpec> parameters() {
    List<ParameterSpec> out = new ArrayList<>();
    declare(out::add);
    return out;
  }

  /** Number of scalars, running statistics not counted. */
  default long parameterCount() {
    return parameters().stream()
        .filter(p -> p.role() != ParameterSpec.Role.BUFFER)
        .mapToLong(ParameterSpec::count)
        .sum();
  }
}
