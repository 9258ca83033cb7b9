package io.precordia.api.results;

import io.precordia.store.DeliveryRow;
import io.precordia.store.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Deliveries in the order they were made. */
public record DeliveryPage(
    List<DeliveryView> deliveries,
    @Schema(description = "What `after` is for the next page; absent on the last")
        @Nullable Long next) {
  static DeliveryPage of(Page<DeliveryRow> page) {
    return new DeliveryPage(page.items().stream().map(DeliveryView::of).toList(), page.next());
  }
}
