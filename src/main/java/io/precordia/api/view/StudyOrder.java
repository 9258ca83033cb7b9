package io.precordia.api.view;

import io.precordia.study.ImagingOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was ordered of a study, without the numbers of the order, which are patient data. */
public record StudyOrder(
    @Schema(description = "Code of the procedure") String code,
    @Schema(description = "Its coding scheme") String scheme,
    @Schema(description = "Its meaning") String procedure,
    String modality,
    @Schema(description = "Instances that the order says, reports left out")
        @Nullable Integer expected,
    boolean cancelled) {
  public static StudyOrder of(ImagingOrder order) {
    return new StudyOrder(
        order.code(),
        order.scheme(),
        order.meaning(),
        order.modality(),
        order.expected() > 0 ? (Integer) order.expected() : null,
        order.cancelled());
  }
}
