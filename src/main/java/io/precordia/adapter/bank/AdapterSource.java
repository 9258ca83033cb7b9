package io.precordia.adapter.bank;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import java.util.List;
import java.util.function.Supplier;

/** Where an adapter's values come from, on disk as a rule. Thread-safe. */
public interface AdapterSource {
  /** Modules, ranks and scalings, known without reading values. */
  List<ModuleChange> changes();

  /** Reads the values; may be slow. */
  AdapterChanges load();

  /** An adapter of any kind. */
  static AdapterSource ofChanges(List<ModuleChange> changes, Supplier<AdapterChanges> load) {
    List<ModuleChange> kept = List.copyOf(changes);
    return new AdapterSource() {
      @Override
      public List<ModuleChange> changes() {
        return kept;
      }

      @Override
      public AdapterChanges load() {
        return load.get();
      }
    };
  }

  /** Factors alone. */
  static AdapterSource of(List<LowRankSite> sites, Supplier<LowRankAdapter> load) {
    return ofChanges(
        sites.stream().map(s -> (ModuleChange) LinearChange.of(s)).toList(),
        () -> AdapterChanges.of(load.get()));
  }

  /** An adapter that is in memory already. */
  static AdapterSource of(LowRankAdapter adapter) {
    return of(adapter.sites(), () -> adapter);
  }
}
