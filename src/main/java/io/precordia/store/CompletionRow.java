package io.precordia.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a study's completion.
 *
 * @param source keyed hash of the sender's name, null if it has none
 * @param arrivals instances that came; results of this program that came back do not count
 * @param expected how many are expected in all, null if nobody said
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
    int arrivals,
    @Nullable Integer expected,
    Instant lastArrival,
    CompletionState state,
    int revision,
    int attempts,
    @Nullable Instant nextTry,
    @Nullable Instant completed,
    @Nullable String reason) {}
