package io.precordia.adapter.bank;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import java.util.List;
import java.util.function.Supplier;

/** Where an adapter's values come from, on disk as a rule. Thread-safe. */
public interface AdapterSource {
  /** Layers, ranks and scalings, known without reading values. */
  List<LowRankSite> sites();

  /** Reads the values; may be slow. */
  LowRankAdapter load();

  static AdapterSource of(List<LowRankSite> sites, Supplier<LowRankAdapter> load) {
    List<LowRankSite> kept = List.copyOf(sites);
    return new AdapterSource() {
      @Override
      public List<LowRankSite> sites() {
        return kept;
      }

      @Override
      public LowRankAdapter load() {
        return load.get();
      }
    };
  }

  /** An adapter that is in memory already. */
  static AdapterSource of(LowRankAdapter adapter) {
    return of(adapter.sites(), () -> adapter);
  }
}
