package io.precordia.api.view;

import io.precordia.ingest.Outcome;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of one file, or of files that belong together. */
@Schema(
    description =
        "What became of one file, or of files that belong together (a WFDB header with its signal file).")
public record ImportItem(
    @Schema(description = "Names as sent, the leading file first") List<String> files,
    @Schema(
            enumeration = {"stored", "duplicate", "flagged", "received", "failed"},
            description =
                "stored: searchable. duplicate: the same content was there. flagged: kept, not embedded, see flags. "
                    + "received: durable, still being processed. failed: not kept, see error.")
        String outcome,
    @Nullable String instance,
    @Nullable String study,
    @Nullable String subject,
    @Nullable String modality,
    @Nullable String format,
    List<FlagView> flags,
    @Schema(description = "Why it was not kept") @Nullable FlagView error) {
  public static final String FAILED = "failed";

  public static ImportItem of(List<String> files, Outcome outcome, boolean duplicate) {
    return new ImportItem(
        files,
        duplicate ? "duplicate" : outcome.status().name().toLowerCase(Locale.ROOT),
        outcome.instance(),
        blankToNull(outcome.study()),
        blankToNull(outcome.subject()),
        outcome.modality() == null ? null : outcome.modality().name().toLowerCase(Locale.ROOT),
        blankToNull(outcome.format()),
        outcome.flags().stream().map(FlagView::of).toList(),
        null);
  }

  public static ImportItem failed(List<String> files, FlagView error) {
    return new ImportItem(files, FAILED, null, null, null, null, null, List.of(), error);
  }

  private static @Nullable String blankToNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
