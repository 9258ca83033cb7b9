package io.precordia.query;

import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ranked hits with provenance. */
public record SearchResult(List<RankedHit> hits, ModelRef model) {
  /** One hit; rank from 1, score the exact cosine (or the fused score of a hybrid search). */
  public record RankedHit(
      int rank,
      double score,
      String instance,
      int window,
      String study,
      String subject,
      Modality modality,
      @Nullable LocalDate date,
      @Nullable String sex,
      @Nullable Integer age,
      @Nullable String site,
      List<String> tags) {}
}
