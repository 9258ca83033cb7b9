package io.precordia.adapter.bank;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several low-rank adapters of one linear layer, weighed position by position: y = W·x + b + Σ_i
 * w_i·B_i·A_i·x, scalings being folded into B. The factors of all members are stacked.
 *
 * @param ranks rank of each member at this layer, 0 where it leaves the layer alone
 * @param gate how the layer chooses by its own input (MeteoRA); null where the weights come with
 *     the batch (X-LoRA)
 */
public record RoutedChange(LinearSite layer, List<Integer> ranks, @Nullable Gate gate)
    implements ModuleChange {
  private static final String GATE = ".meteora_gate.weight";

  /**
   * A softmax over the largest logits of {@code path.meteora_gate.weight} [members, in].
   *
   * @param top number of members that a position uses
   * @param temperature of the softmax
   */
  public record Gate(int top, double temperature) {}

  public RoutedChange {
    ranks = List.copyOf(ranks);
    if (ranks.stream().anyMatch(r -> r < 0) || ranks.stream().allMatch(r -> r == 0)) {
      throw new IllegalArgumentException("routed change: a member needs a rank");
    }
  }

  @Override
  public String path() {
    return layer.path();
  }

  /** The stacked factors, scaling 1. */
  public LowRankSite factors() {
    return new LowRankSite(layer, ranks.stream().mapToInt(r -> r).sum(), 1);
  }

  /** Name of a layer's gate. */
  public static String gateName(LinearSite layer) {
    return layer.path() + GATE;
  }

  /** Declaration of a layer's gate. */
  public static ParameterSpec gateSpec(LinearSite layer, int members) {
    return new ParameterSpec(
        gateName(layer),
        new long[] {members, layer.in()},
        ParameterSpec.Role.WEIGHT,
        Initializer.fanIn(layer.in()));
  }

  @Override
  public List<ParameterSpec> arrays() {
    List<ParameterSpec> out = new ArrayList<>(factors().factors());
    if (gate != null) {
      out.add(gateSpec(layer, ranks.size()));
    }
    return out;
  }

  /** [members, units]: 1 where a unit belongs to a member. */
  float[] share() {
    int units = factors().rank();
    float[] out = new float[ranks.size() * units];
    int at = 0;
    for (int i = 0; i < ranks.size(); i++) {
      for (int r = 0; r < ranks.get(i); r++) {
        out[i * units + at++] = 1;
      }
    }
    return out;
  }
}
