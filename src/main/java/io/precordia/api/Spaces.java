package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.model.Encoder;
import io.precordia.query.SearchRequest;
import io.precordia.study.Modality;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Sees to it that vectors of different models are never compared. */
final class Spaces {
  private Spaces() {}

  /**
   * @throws PrecordiaException DIFFERENT_SPACES if the vectors of two modalities cannot be compared
   */
  static void require(Encoder encoder, Modality asked, Modality wanted) {
    if (!encoder.comparable(asked, wanted)) {
      throw new PrecordiaException(
          ErrorCode.DIFFERENT_SPACES,
          "%s is embedded by %s and %s by %s: these models share no space, so nothing can be compared; serve both by one model"
              .formatted(
                  Names.of(asked),
                  encoder.ref(asked).id(),
                  Names.of(wanted),
                  encoder.ref(wanted).id()));
    }
  }

  /**
   * The request among what can be compared with its question.
   *
   * @throws PrecordiaException DIFFERENT_SPACES if it wants another modality by name
   */
  static SearchRequest within(Encoder encoder, Modality asked, SearchRequest request) {
    Filter f = request.filter();
    f.modalities().forEach(wanted -> require(encoder, asked, wanted));
    Set<Modality> all =
        Arrays.stream(Modality.values())
            .filter(other -> encoder.comparable(asked, other))
            .collect(Collectors.toSet());
    if (!f.modalities().isEmpty() || all.size() == Modality.values().length) {
      return request;
    }
    Filter comparable =
        new Filter(
            all,
            f.from(),
            f.to(),
            f.sexes(),
            f.ageMin(),
            f.ageMax(),
            f.sites(),
            f.tags(),
            f.subjects());
    return new SearchRequest(
        request.text(),
        request.file(),
        request.instance(),
        comparable,
        request.k(),
        request.words(),
        request.group());
  }
}
