package io.precordia.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a study's completion.
 *
 * @param source keyed hash of the sender's name, null if it has none
 * @param ae keyed hash of the AE title that sent its last object, null if none did
 * @param arrivals instances that came; results of this program that came back do not count
 * @param reports how many of them are reports
 * @param expected how many are expected in all, reports left out: by what a person or an object
 *     said, else by the order; null if nobody said
 * @param revision how often it has been completed
 * @param attempts failed attempts at the work of this completion
 * @param nextTry not before, null for at once
 * @param completed the last time
 * @param reason error code of the last failure
 */
public record CompletionRow(
    String study,
    String subject,
    @Nullable String source,
    @Nullable String ae,
    int arrivals,
    int reports,
    @Nullable Integer expected,
    Instant lastArrival,
    CompletionState state,
    int revision,
    int attempts,
    @Nullable Instant nextTry,
    @Nullable Instant completed,
    @Nullable String reason) {

  /** Instances that came without reports: what is held against an expected number. */
  public int evidence() {
    return arrivals - reports;
  }
}
