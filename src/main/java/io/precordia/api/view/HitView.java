package io.precordia.api.view;

import io.precordia.query.SearchResult.RankedHit;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One hit. */
public record HitView(
    int rank,
    @Schema(description = "Exact cosine, or the fused score of a hybrid search") double score,
    String instance,
    int window,
    String study,
    String subject,
    String modality,
    @Nullable LocalDate date,
    @Nullable String sex,
    @Nullable Integer age,
    @Nullable String site,
    List<String> tags) {
  public static HitView of(RankedHit hit) {
    return new HitView(
        hit.rank(),
        hit.score(),
        hit.instance(),
        hit.window(),
        hit.study(),
        hit.subject(),
        hit.modality().name().toLowerCase(Locale.ROOT),
        hit.date(),
        hit.sex(),
        hit.age(),
        hit.site(),
        hit.tags());
  }
}
