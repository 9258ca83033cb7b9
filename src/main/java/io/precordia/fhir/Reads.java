package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Outcome;
import io.precordia.store.OpaqueIds;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** read, vread and search (FHIR R4 sections 3.1.0.2, 3.1.0.3 and 3.1.0.12). */
@Singleton
public class Reads {
  private static final int MOST_INCLUDED = 1000;
  private final Kinds kinds;
  private final Searcher searcher;
  private final Versions versions;
  private final Kept kept;

  Reads(Kinds kinds, Searcher searcher, Versions versions, Kept kept) {
    this.kinds = kinds;
    this.searcher = searcher;
    this.versions = versions;
    this.kept = kept;
  }

  FhirAnswer read(FhirRequest request, String type, String id, @Nullable String version) {
    ResourceKind kind = kinds.of(type);
    Resource resource = kind.read(id).map(versions::stamp).orElseThrow(() -> absent(type, id));
    String current = resource.getMeta().getVersionId();
    if (version != null && !version.equals(current)) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "this version is not kept; only the current one is");
    }
    String etag = "W/\"" + current + "\"";
    if (notChanged(request, etag, resource.getMeta().getLastUpdated())) {
      return FhirAnswer.of(304, null).header("ETag", etag);
    }
    FhirAnswer answer =
        resource instanceof Binary binary
                && !FhirFormat.named(request.header("accept"))
                && request.parameter("_format") == null
            ? FhirAnswer.raw(binary.getData(), binary.getContentType())
            : FhirAnswer.ok(resource);
    answer.header("ETag", etag);
    if (resource.getMeta().hasLastUpdated()) {
      answer.header("Last-Modified", httpDate(resource.getMeta().getLastUpdated()));
    }
    return answer;
  }

  private PrecordiaException absent(String type, String id) {
    if (type.equals("DiagnosticReport") && OpaqueIds.isId(id) && waits(id)) {
      return new PrecordiaException(
          ErrorCode.NOT_READY,
          "this report is accepted and still being processed; try again in a moment");
    }
    return new PrecordiaException(ErrorCode.NOT_FOUND, "no such " + type);
  }

  private boolean waits(String id) {
    try {
      return kept.engine()
              .workspace()
              .ingest()
              .await(List.of(id), Duration.ZERO)
              .getFirst()
              .status()
          == Outcome.Status.RECEIVED;
    } catch (PrecordiaException e) {
      return false;
    }
  }

  static String httpDate(Date date) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(date.toInstant().atZone(ZoneOffset.UTC));
  }

  private static boolean notChanged(FhirRequest request, String etag, @Nullable Date updated) {
    String match = request.header("if-none-match");
    if (match != null) {
      String plain = etag.substring(2);
      for (String given : match.split(",")) {
        String tag = given.strip();
        if (tag.equals("*") || tag.equals(etag) || tag.equals(plain)) {
          return true;
        }
      }
      return false;
    }
    String since = request.header("if-modified-since");
    if (since == null || updated == null) {
      return false;
    }
    try {
      return !updated
          .toInstant()
          .truncatedTo(ChronoUnit.SECONDS)
          .isAfter(ZonedDateTime.parse(since, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return false; // RFC 9110 section 13.1.3: a condition that cannot be read is ignored
    }
  }

  FhirAnswer search(FhirRequest request, String type) {
    ResourceKind kind = kinds.of(type);
    if (!kind.searchable()) {
      throw new PrecordiaException(
          ErrorCode.METHOD_NOT_ALLOWED, type + " can be read by id and not searched");
    }
    SearchQuery query = SearchQuery.of(kind, request);
    Searcher.Found found = searcher.search(kind, query);
    found.resources().forEach(versions::stamp);
    List<Resource> included = query.countOnly() ? List.of() : included(kind, query, found);
    included.forEach(versions::stamp);
    return FhirAnswer.ok(Bundles.searchset(request.base(), kind, query, found, included));
  }

  /** What the matches refer to and is served here, each once (FHIR R4 section 3.1.1.5.4). */
  private List<Resource> included(ResourceKind kind, SearchQuery query, Searcher.Found found) {
    Map<String, Resource> included = new LinkedHashMap<>();
    for (String name : query.includes()) {
      for (Resource match : found.resources()) {
        for (Reference reference : Objects.requireNonNull(kind.includes().get(name)).apply(match)) {
          String text = reference.getReference();
          String to = text == null ? "" : Match.relative(text);
          if (included.size() < MOST_INCLUDED && !included.containsKey(to)) {
            target(to).ifPresent(resource -> included.put(to, resource));
          }
        }
      }
    }
    return List.copyOf(included.values());
  }

  private Optional<Resource> target(String reference) {
    int slash = reference.indexOf('/');
    if (slash < 0) {
      return Optional.empty(); // contained, or absent
    }
    return kinds.all().stream()
        .filter(kind -> kind.type().equals(reference.substring(0, slash)))
        .findFirst()
        .flatMap(kind -> kind.read(reference.substring(slash + 1)));
  }
}
