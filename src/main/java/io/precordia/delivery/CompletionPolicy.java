package io.precordia.delivery;

import io.precordia.store.CompletionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * When a study counts as complete: at once when all instances that were announced are there, else
 * when none has come for a while.
 *
 * @param quiet window of senders that have no own
 * @param sources windows by {@link CompletionRow#source()}
 * @param patience how long to wait for the rest of a study of which fewer came than were announced
 */
public record CompletionPolicy(Duration quiet, Map<String, Duration> sources, Duration patience) {
  public CompletionPolicy {
    sources = Map.copyOf(sources);
  }

  /** The shortest of all windows. */
  Duration shortest() {
    Duration least = quiet.compareTo(patience) < 0 ? quiet : patience;
    for (Duration window : sources.values()) {
      least = window.compareTo(least) < 0 ? window : least;
    }
    return least;
  }

  /** When a study is complete if nothing more comes. */
  public Instant due(CompletionRow row) {
    Integer expected = row.expected();
    if (expected != null) {
      return row.arrivals() >= expected ? row.lastArrival() : row.lastArrival().plus(patience);
    }
    String source = row.source();
    Duration window = source == null ? quiet : sources.getOrDefault(source, quiet);
    return row.lastArrival().plus(window);
  }
}
