package io.precordia.api.results;

import io.precordia.delivery.CompletionPolicy;
import io.precordia.store.CompletionRow;
import io.precordia.store.CompletionState;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether a study is complete. */
public record CompletionView(
    String study,
    @Schema(enumeration = {"open", "complete", "stuck"}) String state,
    @Schema(description = "How often it has been completed; a late instance makes another one")
        int revision,
    @Schema(description = "Instances that came, without results of this service that came back")
        int arrivals,
    @Schema(description = "How many of them are reports") int reports,
    @Schema(
            description =
                "Instances that are expected, reports left out: as a person or an object said, else the order, else what is configured of the sender")
        @Nullable Integer expected,
    Instant lastArrival,
    @Schema(description = "Of an open one: when it is complete if nothing more comes")
        @Nullable Instant due,
    @Nullable Instant completed,
    @Schema(description = "Failed attempts at the work of this completion") int attempts,
    @Schema(description = "Error code of the last failure") @Nullable String reason) {
  static CompletionView of(CompletionRow row, CompletionPolicy policy) {
    boolean open = row.state() == CompletionState.OPEN;
    Instant due = policy.due(row);
    Instant next = row.nextTry();
    return new CompletionView(
        row.study(),
        row.state().name().toLowerCase(Locale.ROOT),
        row.revision(),
        row.arrivals(),
        row.reports(),
        policy.expected(row),
        row.lastArrival(),
        open ? (next == null || next.isBefore(due) ? due : next) : null,
        row.completed(),
        row.attempts(),
        row.reason());
  }
}
