package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.AdapterChanges;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.adapter.bank.RoutedChange;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members of a router, stacked layer by layer, as one adapter of a bank. */
public final class RoutedSource {
  private RoutedSource() {}

  /**
   * Layers that any member changes.
   *
   * @param declared all layers of the base; their order is that of the result
   * @throws PrecordiaException BAD_WEIGHTS if a member is more than low-rank factors
   */
  public static List<LinearSite> layers(List<AdapterSource> members, List<LinearSite> declared) {
    Set<LinearSite> changed = new HashSet<>();
    for (AdapterSource member : members) {
      sites(member).forEach(s -> changed.add(s.layer()));
    }
    return declared.stream().filter(changed::contains).toList();
  }

  /**
   * @param layers from {@link #layers}
   * @param gate MeteoRA's rule; null where weights come with the batch
   * @param gates values of a layer's gate [members, in]
   */
  public static AdapterSource of(
      List<AdapterSource> members,
      List<LinearSite> layers,
      RoutedChange.@Nullable Gate gate,
      Function<LinearSite, float[]> gates) {
    List<Map<LinearSite, Integer>> ranks = new ArrayList<>();
    for (AdapterSource member : members) {
      Map<LinearSite, Integer> own = new HashMap<>();
      sites(member).forEach(s -> own.put(s.layer(), s.rank()));
      ranks.add(own);
    }
    List<ModuleChange> changes =
        layers.stream()
            .<ModuleChange>map(
                layer ->
                    new RoutedChange(
                        layer, ranks.stream().map(r -> r.getOrDefault(layer, 0)).toList(), gate))
            .toList();
    return AdapterSource.ofChanges(
        changes,
        () -> {
          ParameterSet values = stacked(members).values();
          if (gate != null) {
            for (LinearSite layer : layers) {
              ParameterSpec spec = RoutedChange.gateSpec(layer, members.size());
              values.put(spec, gates.apply(layer));
            }
          }
          return new AdapterChanges(changes, values);
        });
  }

  private static LowRankAdapter stacked(List<AdapterSource> members) {
    List<Weighted> parts = new ArrayList<>();
    for (AdapterSource member : members) {
      parts.add(new Weighted(new LowRankAdapter(sites(member), member.load().values()), 1));
    }
    return Stacking.stack(parts);
  }

  private static List<LowRankSite> sites(AdapterSource member) {
    List<LowRankSite> out = new ArrayList<>();
    for (ModuleChange change : member.changes()) {
      if (!(change instanceof LinearChange linear)
          || linear.rank() == 0
          || !linear.parts().isEmpty()) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS,
            "router: its members must be LoRA adapters without biases or saved modules");
      }
      out.add(linear.factors());
    }
    return out;
  }
}
