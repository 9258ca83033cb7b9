package io.precordia.api;

import io.precordia.api.view.SharesAnswer;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.explain.ModalityShares;
import io.precordia.study.Content;
import io.precordia.study.Modality;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much radiographs, ECGs and reports of a study each say for a text. Thread-safe. */
public final class StudyShares {
  private final Embeddings embeddings;
  private final TextQuery queries;

  /**
   * @param explanations of the same weights; both ask in the same words
   */
  public StudyShares(Embeddings embeddings, Explanations explanations) {
    this.embeddings = embeddings;
    this.queries = explanations.queries();
  }

  /**
   * @param study its id, null for files that are not kept
   * @param contents everything of the study that a model can read
   * @param text what to look for
   * @throws PrecordiaException EMPTY without contents, DIFFERENT_SPACES where the model has
   *     separate parts that share no space, INVALID_REQUEST and INVALID_ARGUMENT for the text
   */
  public SharesAnswer answer(
      @Nullable String study, List<Content> contents, @Nullable String text) {
    String asked = TextQuery.required(text);
    if (contents.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.EMPTY, "the study has no radiograph, ECG or report that could be read");
    }
    Map<Modality, List<float[]>> vectors = new EnumMap<>(Modality.class);
    Map<String, Integer> instances = new LinkedHashMap<>();
    for (Content content : contents) {
      Spaces.require(embeddings.encoder(), Modality.REPORT, content.modality());
      vectors
          .computeIfAbsent(content.modality(), m -> new ArrayList<>())
          .addAll(embeddings.vectors(content));
      instances.merge(Names.of(content.modality()), 1, Integer::sum);
    }
    float[] query = queries.direction(asked);
    return SharesAnswer.of(
        study, ModalityShares.of(vectors, query), instances, embeddings.encoder().ref());
  }
}
