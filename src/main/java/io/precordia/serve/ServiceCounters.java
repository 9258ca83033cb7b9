package io.precordia.serve;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Virtual token counters (Sheng et al. 2024): how much service, in tokens, each adapter has had.
 * The one with the least goes first; one that comes back from idleness starts at the least of those
 * waiting, so that nobody can save up. Used under the queue's lock.
 */
final class ServiceCounters {
  private static final int MOST = 4096;
  private final Map<String, Long> served = new HashMap<>();

  /**
   * Called when an adapter that has nothing in the line gets its first ticket.
   *
   * @param waiting adapters with tickets in the line
   */
  void arrives(String adapter, Collection<String> waiting) {
    if (served.size() >= MOST) {
      served.keySet().retainAll(waiting);
    }
    long least = waiting.stream().mapToLong(this::of).min().orElse(0);
    served.merge(adapter, least, Math::max);
  }

  void served(String adapter, long tokens) {
    served.merge(adapter, tokens, Long::sum);
  }

  long of(String adapter) {
    return served.getOrDefault(adapter, 0L);
  }
}
