package io.precordia.adapter;

import java.util.List;

/**
 * LoRA's settings, as in PEFT's {@code adapter_config.json}.
 *
 * @param rank r, at least 1
 * @param alpha α; the update is scaled by α/r
 * @param dropout probability on the adapter's input in training, in [0, 1)
 * @param within path prefix of the adapted part of the model, for example {@code report.}; empty
 *     for the whole model
 * @param targets last path segments of the adapted linear layers, for example query and value
 */
public record LoraConfig(
    int rank, double alpha, double dropout, String within, List<String> targets, BiasMode bias) {
  /** Which biases train beside the factors. */
  public enum BiasMode {
    NONE,
    /** Every bias of the adapted part, also of norms. */
    ALL,
    /** Biases of the adapted layers only. */
    LORA_ONLY
  }

  public LoraConfig {
    targets = List.copyOf(targets);
    if (rank < 1 || !(dropout >= 0 && dropout < 1) || targets.isEmpty()) {
      throw new IllegalArgumentException(
          "LoRA: rank at least 1, dropout in [0, 1), at least one target");
    }
  }

  /** α/r. */
  public double scaling() {
    return alpha / rank;
  }
}
