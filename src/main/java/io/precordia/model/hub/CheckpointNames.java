package io.precordia.model.hub;

import java.util.function.UnaryOperator;

/**
 * From the names that different releases and wrapper classes write to the one name of a parameter.
 *
 * @param wrapper prefix with which a class that holds the model writes it, dot included; empty for
 *     none
 */
public record CheckpointNames(ModuleNames modules, String wrapper)
    implements UnaryOperator<String> {
  public static CheckpointNames of(String modelType, String wrapper) {
    return new CheckpointNames(ModuleNames.of(modelType), wrapper);
  }

  @Override
  public String apply(String name) {
    String own = name.startsWith(wrapper) ? name.substring(wrapper.length()) : name;
    // Checkpoints converted from TensorFlow call a norm's weight gamma and its bias beta.
    if (own.endsWith("LayerNorm.gamma")) {
      own = own.substring(0, own.length() - "gamma".length()) + "weight";
    } else if (own.endsWith("LayerNorm.beta")) {
      own = own.substring(0, own.length() - "beta".length()) + "bias";
    }
    return modules.toFile(own);
  }
}
