package io.precordia.api.view;

import io.precordia.store.InstanceRecord;
import io.precordia.store.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A part of a listing of instances. */
public record InstancePage(
    List<InstanceView> instances,
    @Schema(description = "Value of `after` for the next page; absent on the last")
        @Nullable Long next) {
  public static InstancePage of(Page<InstanceRecord> page) {
    return new InstancePage(page.items().stream().map(InstanceView::of).toList(), page.next());
  }
}
