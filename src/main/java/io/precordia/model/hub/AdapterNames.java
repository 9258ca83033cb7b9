package io.precordia.model.hub;

import io.precordia.nn.ParameterSpec;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * From the module names in a PEFT folder to paths in a model of the hub. An adapter names modules
 * as the class that it was trained on had them: in memory or in the file ({@link ModuleNames}),
 * behind the attribute of a wrapper class ({@code vit.}, {@code bert.}), or with or without the
 * name of a tower. The first form that the model knows counts; a name that fits none stays as it
 * is.
 */
public final class AdapterNames implements UnaryOperator<String> {
  private static final Set<String> TOWERS = Set.of("vision_model.", "text_model.");

  private final ModuleNames modules;
  private final Set<String> known = new HashSet<>();

  /**
   * @param modelType {@code model_type} of the base
   * @param declared parameters of the base
   */
  public AdapterNames(String modelType, Collection<ParameterSpec> declared) {
    this.modules = ModuleNames.of(modelType);
    for (ParameterSpec spec : declared) {
      known.add(spec.name().substring(0, Math.max(0, spec.name().lastIndexOf('.'))));
    }
  }

  @Override
  public String apply(String module) {
    String own = modules.toFile(module);
    // A tower is never taken for a wrapper: its adapter must not reach the other tower.
    String inner =
        TOWERS.stream().anyMatch(own::startsWith) ? own : own.substring(own.indexOf('.') + 1);
    return Stream.of(Stream.of(own, inner), towers(own), towers(inner))
        .flatMap(s -> s)
        .filter(known::contains)
        .findFirst()
        .orElse(own);
  }

  /** The name under the one tower of this model that has it; none if both do. */
  private Stream<String> towers(String name) {
    Optional<String> one = Optional.empty();
    for (String tower : TOWERS) {
      if (known.contains(tower + name)) {
        if (one.isPresent()) {
          return Stream.empty();
        }
        one = Optional.of(tower + name);
      }
    }
    return one.stream();
  }
}
