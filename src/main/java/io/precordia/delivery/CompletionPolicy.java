package io.precordia.delivery;

import io.precordia.store.CompletionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a study counts as complete: at once when all instances that are expected are there, else
 * when none has come for a while. What a person, an object or the order said of the number goes
 * before what is known of the sender; the rule of an AE title goes before that of a site.
 *
 * @param general rule of senders that have no own
 * @param sources rules by {@link CompletionRow#ae()} and {@link CompletionRow#source()}
 */
public record CompletionPolicy(CompletionRule general, Map<String, CompletionRule> sources) {
  public CompletionPolicy {
    sources = Map.copyOf(sources);
  }

  /** The shortest time after which a study may be complete. */
  Duration shortest() {
    return rules().anyMatch(rule -> rule.expected() != null) ? Duration.ZERO : shortestWindow();
  }

  /** The shortest of all windows. */
  Duration shortestWindow() {
    return rules()
        .flatMap(rule -> Stream.of(rule.quiet(), rule.patience()))
        .min(Duration::compareTo)
        .orElse(general.quiet());
  }

  private Stream<CompletionRule> rules() {
    return Stream.concat(Stream.of(general), sources.values().stream());
  }

  /** The rule that holds for a study. */
  CompletionRule rule(CompletionRow row) {
    CompletionRule ofSite = own(row.source(), general);
    return own(row.ae(), ofSite);
  }

  private CompletionRule own(@Nullable String source, CompletionRule otherwise) {
    return source == null ? otherwise : sources.getOrDefault(source, otherwise);
  }

  /** How many instances are expected, reports left out; null if it is not known. */
  public @Nullable Integer expected(CompletionRow row) {
    Integer said = row.expected();
    return said != null ? said : rule(row).expected();
  }

  /** When a study is complete if nothing more comes. */
  public Instant due(CompletionRow row) {
    CompletionRule rule = rule(row);
    Integer expected = expected(row);
    if (expected != null) {
      return row.evidence() >= expected
          ? row.lastArrival()
          : row.lastArrival().plus(rule.patience());
    }
    return row.lastArrival().plus(rule.quiet());
  }
}
