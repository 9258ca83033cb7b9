package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Filter;
import io.precordia.index.Hit;
import io.precordia.index.VectorIndex;
import io.precordia.query.SearchRequest;
import io.precordia.query.SearchResult;
import io.precordia.query.SearchResult.RankedHit;
import io.precordia.store.InstanceRecord;
import io.precordia.study.Content;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.workspace.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Searching by text, file or kept instance. Thread-safe. */
public final class Searches {
  private static final int MOST_FUSED = 20_000;
  private final Workspace workspace;
  private final VectorIndex index;
  private final Embeddings embeddings;

  /**
   * @param index vectors of the model that embeds the questions
   */
  Searches(Workspace workspace, VectorIndex index, Embeddings embeddings) {
    this.workspace = workspace;
    this.index = index;
    this.embeddings = embeddings;
  }

  /**
   * Ranked hits; an ECG of several windows asks with its first. Without a wanted modality all that
   * can be compared with the question are searched.
   *
   * @throws PrecordiaException DIFFERENT_SPACES if a wanted modality cannot be compared with it
   */
  public SearchResult search(SearchRequest asked) {
    Question question = question(asked);
    SearchRequest request =
        survivors(Spaces.within(embeddings.encoder(), question.modality(), asked));
    float[] query = question.vector().get();
    ModelRef by = embeddings.encoder().ref(question.modality(), List.of(query));
    String text = request.text();
    if (text != null && request.words() > 0) {
      return new SearchResult(ranked(hybrid(query, text, request), request), by);
    }
    for (int fetch = request.k() + 1; ; fetch = 2 * fetch) {
      List<Hit> hits = index.search(query, request.filter(), fetch);
      List<RankedHit> ranked = ranked(hits, request);
      // a group takes several hits, so more may be needed than were asked for
      if (ranked.size() == request.k() || hits.size() < fetch) {
        return new SearchResult(ranked, by);
      }
    }
  }

  /** A subject that was merged away is asked for by the one it was merged into. */
  private SearchRequest survivors(SearchRequest request) {
    Filter filter = request.filter();
    return filter.subjects().isEmpty()
        ? request
        : request.within(
            filter.ofSubjects(
                filter.subjects().stream()
                    .map(workspace.records()::surviving)
                    .collect(Collectors.toSet())));
  }

  /** What is asked with, embedded when it is known that it can be answered. */
  private record Question(Modality modality, Supplier<float[]> vector) {}

  /**
   * Convex combination of cosine and of BM25 as a share of the best match; what has no words has
   * the cosine's part only.
   */
  private List<Hit> hybrid(float[] query, String text, SearchRequest request) {
    int all = Math.clamp(index.size(), 1, MOST_FUSED);
    Map<String, Hit> byCosine = new HashMap<>();
    index.search(query, request.filter(), all).forEach(hit -> byCosine.put(hit.instance(), hit));
    Map<String, Double> byWords = new HashMap<>();
    workspace
        .words()
        .search(text, byCosine::containsKey, all)
        .forEach(match -> byWords.put(match.instance(), match.score()));
    double best = byWords.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    double weight = request.words();
    return byCosine.values().stream()
        .map(
            hit ->
                new Hit(
                    hit.instance(),
                    hit.window(),
                    (1 - weight) * hit.score()
                        + weight * byWords.getOrDefault(hit.instance(), 0.0) / best))
        .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::instance))
        .toList();
  }

  private List<RankedHit> ranked(List<Hit> hits, SearchRequest request) {
    List<RankedHit> ranked = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Hit hit : hits) {
      if (ranked.size() == request.k()) {
        break;
      }
      if (!hit.instance().equals(request.instance())) {
        // one that was erased since the index was asked is left out
        workspace
            .records()
            .find(hit.instance())
            .filter(record -> seen.add(key(record, request.group())))
            .ifPresent(record -> ranked.add(ranked(ranked.size() + 1, hit, record)));
      }
    }
    return ranked;
  }

  private Question question(SearchRequest request) {
    String text = request.text();
    if (text != null) {
      return new Question(Modality.REPORT, () -> embeddings.text(text));
    }
    if (request.file() != null) {
      return question(embeddings.content(request.file().parts()));
    }
    String instance = request.instance();
    if (instance == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "exactly one of text, file and instance is needed");
    }
    return question(Embeddings.content(workspace.records().decoded(instance)));
  }

  private Question question(Content content) {
    return new Question(content.modality(), () -> embeddings.vectors(content).getFirst());
  }

  private static String key(InstanceRecord record, SearchRequest.Group group) {
    return switch (group) {
      case INSTANCE -> record.id();
      case STUDY -> record.study();
      case SUBJECT -> record.subject();
    };
  }

  private static RankedHit ranked(int rank, Hit hit, InstanceRecord r) {
    if (r.modality() == null) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "an indexed instance has no modality");
    }
    return new RankedHit(
        rank,
        hit.score(),
        r.id(),
        hit.window(),
        r.study(),
        r.subject(),
        r.modality(),
        r.identity().date(),
        r.identity().sex(),
        r.identity().ageYears(),
        r.identity().site(),
        r.identity().tags());
  }
}
