package io.precordia.adapter.peft;

import io.precordia.adapter.LoraConfig;
import java.util.List;
import java.util.Map;

/**
 * What {@code adapter_config.json} says, PEFT's defaults filled in.
 *
 * @param rank r where {@code rankPattern} names nothing else
 * @param alpha α where {@code alphaPattern} names nothing else
 * @param rankPattern expressions over module names to rank; the first that matches counts
 * @param rankStabilised scaling α/√r instead of α/r
 * @param dropout probability on the adapter's input in training
 * @param targets adapted modules
 * @param allLinear whether {@code targets} is "all-linear", every linear layer
 * @param excluded modules that {@code targets} names but that stay as they are
 * @param layers numbers of the adapted layers, empty for all
 * @param modulesToSave modules whose parameters the folder replaces as a whole
 * @param feedForward (IA)³ modules whose input is scaled
 */
record PeftConfig(
    Kind kind,
    int rank,
    double alpha,
    Map<String, Double> rankPattern,
    Map<String, Double> alphaPattern,
    boolean rankStabilised,
    double dropout,
    ModuleNameRule targets,
    boolean allLinear,
    ModuleNameRule excluded,
    List<Integer> layers,
    List<String> layersPattern,
    List<String> modulesToSave,
    LoraConfig.BiasMode bias,
    ModuleNameRule feedForward) {
  /** The methods that PEFT and this program share. */
  enum Kind {
    LORA,
    DORA,
    IA3
  }

  boolean adapts(String module) {
    if (excluded.matches("exclude_modules", module)) {
      return false;
    }
    return (allLinear || targets.matches("target_modules", module))
        && (layers.isEmpty() || layers.contains(ModuleNameRule.layer(module, layersPattern)));
  }

  int rankOf(String module) {
    return (int) pattern("rank_pattern", rankPattern, module, rank);
  }

  double scalingOf(String module) {
    int r = rankOf(module);
    return pattern("alpha_pattern", alphaPattern, module, alpha)
        / (rankStabilised ? Math.sqrt(r) : r);
  }

  private static double pattern(
      String key, Map<String, Double> patterns, String module, double orElse) {
    for (Map.Entry<String, Double> entry : patterns.entrySet()) {
      if (BoundedText.matches(
          BoundedText.pattern(key, "(?:.*\\.)?(?:" + entry.getKey() + ")"), module)) {
        return entry.getValue();
      }
    }
    return orElse;
  }

  /** (IA)³: whether the input is scaled. PEFT compares ends of names here, not whole segments. */
  boolean scalesInput(String module) {
    return feedForward.expression() == null
        ? feedForward.names().stream().anyMatch(module::endsWith)
        : feedForward.matches("feedforward_modules", module);
  }

  /** Whether a module is saved as a whole or lies in one that is; ends of names count, as above. */
  boolean saves(String module) {
    for (int end = module.length(); end > 0; end = module.lastIndexOf('.', end - 1)) {
      String path = module.substring(0, end);
      if (modulesToSave.stream().anyMatch(path::endsWith)) {
        return true;
      }
    }
    return false;
  }
}
