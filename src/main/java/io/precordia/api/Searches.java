package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.index.Hit;
import io.precordia.query.SearchRequest;
import io.precordia.query.SearchResult;
import io.precordia.query.SearchResult.RankedHit;
import io.precordia.store.InstanceRecord;
import io.precordia.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Searching by text, file or kept instance. Thread-safe. */
public final class Searches {
  private final Workspace workspace;
  private final Embeddings embeddings;

  Searches(Workspace workspace, Embeddings embeddings) {
    this.workspace = workspace;
    this.embeddings = embeddings;
  }

  /** Ranked hits; an ECG of several windows asks with its first. */
  public SearchResult search(SearchRequest request) {
    float[] query = query(request);
    List<RankedHit> ranked = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int wanted = request.k();
    for (int fetch = wanted + 1; ranked.size() < wanted; fetch *= 2) {
      List<Hit> hits = workspace.index().search(query, request.filter(), fetch);
      ranked.clear();
      seen.clear();
      for (Hit hit : hits) {
        if (ranked.size() < wanted && !hit.instance().equals(request.instance())) {
          InstanceRecord record = workspace.records().instance(hit.instance());
          if (seen.add(key(record, request.group()))) {
            ranked.add(ranked(ranked.size() + 1, hit, record));
          }
        }
      }
      if (hits.size() < fetch) {
        break;
      }
    }
    return new SearchResult(ranked, workspace.encoder().ref());
  }

  private float[] query(SearchRequest request) {
    if (request.text() != null) {
      return embeddings.text(request.text());
    }
    if (request.file() != null) {
      return embeddings.vectors(embeddings.content(request.file().parts())).getFirst();
    }
    String instance = request.instance();
    if (instance == null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST, "exactly one of text, file and instance is needed");
    }
    return embeddings.vectors(Embeddings.content(workspace.records().decoded(instance))).getFirst();
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
