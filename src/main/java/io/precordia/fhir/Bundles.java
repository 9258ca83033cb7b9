package io.precordia.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;

/** Search results as bundles. */
final class Bundles {
  private Bundles() {}

  /**
   * A page of a search.
   *
   * @param included what the matches refer to, by _include
   */
  static Bundle searchset(
      String base,
      ResourceKind kind,
      SearchQuery query,
      Searcher.Found found,
      List<Resource> included) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.SEARCHSET);
    if (found.total() != null) {
      bundle.setTotal(found.total());
    }
    String url = base + "/" + kind.type();
    bundle.addLink().setRelation("self").setUrl(url + parameters(query, query.cursor()));
    if (found.next() != null && !query.countOnly()) {
      bundle.addLink().setRelation("next").setUrl(url + parameters(query, found.next()));
    }
    for (Resource resource : found.resources()) {
      Bundle.BundleEntryComponent entry = bundle.addEntry();
      entry.setFullUrl(fullUrl(base, resource));
      entry.setResource(resource);
      entry.getSearch().setMode(Bundle.SearchEntryMode.MATCH);
    }
    for (Resource resource : included) {
      Bundle.BundleEntryComponent entry = bundle.addEntry();
      entry.setFullUrl(fullUrl(base, resource));
      entry.setResource(resource);
      entry.getSearch().setMode(Bundle.SearchEntryMode.INCLUDE);
    }
    if (!query.ignored().isEmpty()) {
      OperationOutcome outcome =
          Outcomes.information(
              "search parameters that are unknown here were ignored: "
                  + String.join(", ", query.ignored()));
      outcome.getIssueFirstRep().setSeverity(OperationOutcome.IssueSeverity.WARNING);
      outcome.getIssueFirstRep().setCode(OperationOutcome.IssueType.NOTSUPPORTED);
      bundle.addEntry().setResource(outcome).getSearch().setMode(Bundle.SearchEntryMode.OUTCOME);
    }
    return bundle;
  }

  static String fullUrl(String base, Resource resource) {
    return base + "/" + resource.fhirType() + "/" + resource.getIdElement().getIdPart();
  }

  private static String parameters(SearchQuery query, SearchQuery.Cursor cursor) {
    StringBuilder out = new StringBuilder();
    for (Map.Entry<String, String> used : query.used()) {
      add(out, used.getKey(), used.getValue());
    }
    if (query.count() != SearchQuery.DEFAULT_COUNT) {
      add(out, "_count", String.valueOf(query.count()));
    }
    if (query.countOnly()) {
      add(out, "_summary", "count");
    }
    if (!cursor.equals(SearchQuery.Cursor.START)) {
      add(out, SearchQuery.PAGE, cursor.toString());
    }
    return out.toString();
  }

  private static void add(StringBuilder out, String name, String value) {
    out.append(out.isEmpty() ? '?' : '&')
        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Ranked resources, the best first; a score is 0 to 1. */
  static Bundle ranked(String base, List<Map.Entry<Resource, Double>> hits) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.SEARCHSET);
    bundle.setTotal(hits.size());
    for (Map.Entry<Resource, Double> hit : hits) {
      Bundle.BundleEntryComponent entry = bundle.addEntry();
      entry.setFullUrl(fullUrl(base, hit.getKey()));
      entry.setResource(hit.getKey());
      entry
          .getSearch()
          .setMode(Bundle.SearchEntryMode.MATCH)
          .setScore(java.math.BigDecimal.valueOf(hit.getValue()));
    }
    return bundle;
  }
}
