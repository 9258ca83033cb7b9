package io.precordia.adapter;

import io.precordia.nn.ParameterSpec;
import java.util.Set;

/**
 * Which biases of the base train beside an adapter.
 *
 * @param within path prefix of the adapted part
 * @param paths adapted layers
 */
record TrainedBiases(LoraConfig.BiasMode mode, String within, Set<String> paths) {
  boolean trains(ParameterSpec spec) {
    if (spec.role() != ParameterSpec.Role.BIAS || !spec.name().startsWith(within)) {
      return false;
    }
    return switch (mode) {
      case NONE -> false;
      case ALL -> true;
      case LORA_ONLY -> paths.contains(spec.name().substring(0, spec.name().lastIndexOf('.')));
    };
  }
}
