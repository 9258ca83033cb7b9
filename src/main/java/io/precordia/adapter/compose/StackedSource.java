package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.bank.AdapterChanges;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.LinearChange;
import io.precordia.adapter.bank.ModuleChange;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weighted sum of several adapters of a bank as one more adapter, by {@link Stacking}. */
public final class StackedSource {
  private StackedSource() {}

  /** One summand. */
  public record Part(AdapterSource source, double weight) {}

  /**
   * Known without reading values: at each layer the rank is the sum of the parts' ranks.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if a part is more than low-rank factors
   */
  public static AdapterSource of(List<Part> parts) {
    Map<LinearSite, Integer> ranks = new LinkedHashMap<>();
    for (Part part : parts) {
      for (LowRankSite site : sites(part.source().changes())) {
        ranks.merge(site.layer(), site.rank(), Math::addExact);
      }
    }
    List<LowRankSite> sites =
        ranks.entrySet().stream().map(e -> new LowRankSite(e.getKey(), e.getValue(), 1)).toList();
    return AdapterSource.of(sites, () -> Stacking.stack(parts.stream().map(p -> read(p)).toList()));
  }

  private static Weighted read(Part part) {
    AdapterChanges read = part.source().load();
    return new Weighted(new LowRankAdapter(sites(read.changes()), read.values()), part.weight());
  }

  private static List<LowRankSite> sites(List<ModuleChange> changes) {
    List<LowRankSite> out = new ArrayList<>();
    for (ModuleChange change : changes) {
      if (!(change instanceof LinearChange linear)
          || linear.rank() == 0
          || !linear.parts().isEmpty()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_ARGUMENT,
            "only LoRA adapters without biases or saved modules can be summed; ask the others one"
                + " by one");
      }
      out.add(linear.factors());
    }
    return out;
  }
}
