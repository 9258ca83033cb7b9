package io.precordia.api.results;

import io.precordia.store.DeliveryRow;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One object on its way to one destination. */
public record DeliveryView(
    String id,
    String study,
    @Nullable String instance,
    String destination,
    @Schema(enumeration = {"sr", "sc", "pm", "gsps", "ecg-sr"}) String kind,
    @Schema(enumeration = {"waiting", "sent", "dead", "discarded"}) String state,
    @Schema(description = "Attempts so far, or since the last retry") int attempts,
    Instant created,
    @Schema(description = "Of a waiting one: not before") @Nullable Instant nextTry,
    @Schema(description = "When the peer said that it has it") @Nullable Instant sent,
    @Schema(description = "Status or kind of the last failure") @Nullable String reason,
    String sopClass,
    String sopInstance) {
  static DeliveryView of(DeliveryRow row) {
    String state = row.state().name().toLowerCase(Locale.ROOT);
    return new DeliveryView(
        row.id(),
        row.study(),
        row.instance(),
        row.destination(),
        row.kind(),
        state,
        row.attempts(),
        row.created(),
        state.equals("waiting") ? row.nextTry() : null,
        row.sent(),
        row.reason(),
        row.sopClass(),
        row.sopInstance());
  }
}
