package io.precordia.adapter.router;

import io.precordia.adapter.bank.RoutedChange;
import io.precordia.adapter.compose.XLoraScalings;
import java.util.List;

/**
 * Which adapters a router chooses among, and by which rule.
 *
 * @param members in the order of the gate's or classifier's outputs
 */
public record RouterConfig(List<Member> members, Rule rule) {
  /**
   * One adapter.
   *
   * @param name what it is called in provenance
   * @param sha256 digest of the version; empty where an upload names it only
   */
  public record Member(String name, String sha256) {}

  /** How the weights of the members come about. */
  public sealed interface Rule {}

  /** MeteoRA: every adapted layer has a gate over its own input. */
  public record Meteora(RoutedChange.Gate gate) implements Rule {}

  /**
   * X-LoRA: a classifier over the last states of a first pass without adapters.
   *
   * @param layerwise whether each layer has weights of its own; layers in the order in which the
   *     base declares them
   * @param activated whether a ReLU follows the classifier's inner layers
   */
  public record XLora(XLoraScalings.Settings settings, boolean layerwise, boolean activated)
      implements Rule {}

  public RouterConfig {
    members = List.copyOf(members);
  }

  /** Name of the rule in {@code router.json}. */
  public String method() {
    return switch (rule) {
      case Meteora m -> "meteora";
      case XLora x -> "xlora";
    };
  }
}
