package io.precordia.query;

import io.precordia.index.Filter;
import io.precordia.ingest.Submission;
import org.jspecify.annotations.Nullable;

/**
 * A question "what is similar". Exactly one of text, file and instance is given.
 *
 * @param words weight in [0, 1] of report-word matching against vectors in a text search (hybrid);
 *     0 is vectors only
 * @param group what a hit stands for: INSTANCE, STUDY or SUBJECT (the best instance represents its
 *     group)
 */
public record SearchRequest(
    @Nullable String text,
    @Nullable Submission file,
    @Nullable String instance,
    Filter filter,
    int k,
    double words,
    Group group) {
  /** See {@link SearchRequest}. */
  public enum Group {
    INSTANCE,
    STUDY,
    SUBJECT
  }

  /** The same question among other entries. */
  public SearchRequest within(Filter other) {
    return new SearchRequest(text, file, instance, other, k, words, group);
  }
}
