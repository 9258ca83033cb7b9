package io.precordia.serve.adapters;

import io.precordia.model.AdapterHost;
import io.precordia.model.AdapterShare;
import io.precordia.weights.Checksums;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The weighted sums that requests have asked for, known by a digest over the parts' digests and
 * weights. Those not in use are kept for the next request, the least recently used ones forgotten;
 * so is every sum of a part that is erased. Thread-safe.
 */
final class ComposedAdapters {
  private static final int IDLE = 64;
  private final AdapterHost encoder;
  private final Map<String, Entry> known = new LinkedHashMap<>(16, 0.75f, true);

  /** One sum. */
  private static final class Entry {
    private final List<AdapterShare> shares;
    private int uses;

    private Entry(List<AdapterShare> shares) {
      this.shares = shares;
    }
  }

  ComposedAdapters(AdapterHost encoder) {
    this.encoder = encoder;
  }

  /** Makes a sum usable and holds it; the caller holds its parts meanwhile. */
  synchronized String open(List<AdapterShare> parts) {
    List<AdapterShare> shares =
        parts.stream()
            .sorted(
                Comparator.comparing(AdapterShare::sha256)
                    .thenComparingDouble(AdapterShare::weight))
            .toList();
    StringBuilder text = new StringBuilder();
    shares.forEach(s -> text.append(s.sha256()).append('*').append(s.weight()).append('\n'));
    String id = Checksums.ofBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    Entry entry = known.get(id);
    if (entry == null) {
      encoder.compose(id, shares);
      entry = new Entry(shares);
      known.put(id, entry);
    }
    entry.uses++;
    dropIdle();
    return id;
  }

  private void dropIdle() {
    Iterator<Map.Entry<String, Entry>> eldest = known.entrySet().iterator();
    for (int left = known.size() - IDLE; left > 0 && eldest.hasNext(); ) {
      Map.Entry<String, Entry> one = eldest.next();
      if (one.getValue().uses == 0) {
        encoder.unregister(one.getKey());
        eldest.remove();
        left--;
      }
    }
  }

  synchronized void close(String id) {
    Objects.requireNonNull(known.get(id)).uses--;
  }

  /** Forgets every sum of a part that nobody uses any more. */
  synchronized void forget(String sha256) {
    known
        .entrySet()
        .removeIf(
            e -> {
              boolean part = e.getValue().shares.stream().anyMatch(s -> s.sha256().equals(sha256));
              if (part) {
                encoder.unregister(e.getKey());
              }
              return part;
            });
  }
}
