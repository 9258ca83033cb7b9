package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.index.FilterExpression;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.query.SearchRequest;
import io.precordia.study.Identity;
import io.precordia.study.Modality;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a checked search request of what a client gave; shared by the REST door and the commands.
 */
public final class SearchPlan {
  private static final int DEFAULT_K = 10;
  private final int maxK;

  public SearchPlan(int maxK) {
    this.maxK = maxK;
  }

  /**
   * @param files one file, or files that belong together; empty for a search by text or instance
   * @throws PrecordiaException INVALID_REQUEST, INVALID_ARGUMENT
   */
  public SearchRequest of(
      @Nullable String text,
      List<Part> files,
      @Nullable String instance,
      @Nullable String modality,
      @Nullable String filter,
      @Nullable Integer k,
      @Nullable Double words,
      @Nullable String group) {
    int given = (text == null ? 0 : 1) + (instance == null ? 0 : 1) + (files.isEmpty() ? 0 : 1);
    if (given != 1) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "exactly one of text, file and instance is needed");
    }
    int hits = k == null ? DEFAULT_K : k;
    if (hits < 1 || hits > maxK) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "k must be from 1 to " + maxK);
    }
    double weight = words == null ? 0 : words;
    if (!(weight >= 0 && weight <= 1)) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "words must be from 0 to 1");
    }
    return new SearchRequest(
        text,
        files.isEmpty() ? null : new Submission(files, Identity.UNKNOWN),
        instance,
        filter(filter, modality),
        hits,
        weight,
        group == null
            ? SearchRequest.Group.INSTANCE
            : Names.parse(SearchRequest.Group.class, group, "group"));
  }

  private static Filter filter(@Nullable String expression, @Nullable String modality) {
    Filter f = FilterExpression.parse(expression);
    if (modality == null || modality.equalsIgnoreCase("any")) {
      return f;
    }
    Modality kind = Names.parse(Modality.class, modality, "modality (or any)");
    if (!f.modalities().isEmpty() && !f.modalities().contains(kind)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the modality and the filter contradict each other");
    }
    return new Filter(
        Set.of(kind),
        f.from(),
        f.to(),
        f.sexes(),
        f.ageMin(),
        f.ageMax(),
        f.sites(),
        f.tags(),
        f.subjects());
  }
}
