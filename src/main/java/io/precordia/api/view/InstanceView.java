package io.precordia.api.view;

import io.precordia.store.InstanceRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One kept instance. Identifiers are the store's own and say nothing of the patient. */
@Schema(
    description =
        "One kept instance. Identifiers are the store's own and say nothing of the patient.")
public record InstanceView(
    String instance,
    String study,
    String subject,
    @Schema(enumeration = {"stored", "flagged"}) String status,
    @Schema(enumeration = {"xray", "ecg", "report"}) @Nullable String modality,
    String format,
    @Nullable LocalDate date,
    @Nullable String sex,
    @Nullable Integer age,
    @Nullable String site,
    List<String> tags,
    List<FlagView> flags,
    long bytes,
    @Schema(description = "Number of vectors: one, or one for each window of a long ECG")
        int windows,
    Instant received,
    @Schema(
            description =
                "Of a report: its order, and not its own identifier, put it into this study")
        boolean joined) {
  public static InstanceView of(InstanceRecord r) {
    return new InstanceView(
        r.id(),
        r.study(),
        r.subject(),
        r.status().name().toLowerCase(Locale.ROOT),
        r.modality() == null ? null : r.modality().name().toLowerCase(Locale.ROOT),
        r.format(),
        r.identity().date(),
        r.identity().sex(),
        r.identity().ageYears(),
        r.identity().site(),
        r.identity().tags(),
        r.flags().stream().map(FlagView::of).toList(),
        r.bytes(),
        r.windows(),
        r.received(),
        r.joined() != null);
  }
}
