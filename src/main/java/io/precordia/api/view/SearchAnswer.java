package io.precordia.api.view;

import io.precordia.query.SearchResult;
import io.precordia.study.ModelRef;
import java.util.List;

/** Ranked hits, best first, with provenance. */
public record SearchAnswer(List<HitView> hits, ModelRef model) {
  public static SearchAnswer of(SearchResult result) {
    return new SearchAnswer(result.hits().stream().map(HitView::of).toList(), result.model());
  }
}
