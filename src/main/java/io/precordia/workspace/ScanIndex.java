package io.precordia.workspace;

import io.precordia.index.Entry;
import io.precordia.index.Filter;
import io.precordia.index.Hit;
import io.precordia.index.VectorIndex;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Placeholder scan until room/index is merged. */
final class ScanIndex implements VectorIndex {
  private record Key(String instance, int window) {}

  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

  @Override
  public void add(Collection<Entry> added) {
    added.forEach(e -> entries.put(new Key(e.instance(), e.window()), e));
  }

  @Override
  public void remove(String instance) {
    entries.keySet().removeIf(k -> k.instance().equals(instance));
  }

  @Override
  public List<Hit> search(float[] query, Filter filter, int k) {
    Map<String, Hit> best = new ConcurrentHashMap<>();
    for (Entry e : entries.values()) {
      if (!filter.modalities().isEmpty() && !filter.modalities().contains(e.modality())) {
        continue;
      }
      double dot = 0;
      for (int i = 0; i < query.length; i++) {
        dot += (double) query[i] * e.vector()[i];
      }
      best.merge(e.instance(), new Hit(e.instance(), e.window(), dot), (a, b) -> a.score() >= b.score() ? a : b);
    }
    return best.values().stream().sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::instance)).limit(k).toList();
  }

  @Override
  public int size() {
    return entries.size();
  }
}
