package io.precordia.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.study.OrderNumbers;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Order numbers of a DiagnosticReport: identifiers of type ACSN, FILL or PLAC (HL7 table 0203) of
 * the report, of what it is based on, and of a ServiceRequest or ImagingStudy that it contains or
 * refers to.
 */
final class FhirOrderNumbers {
  private final Set<String> accessions = new LinkedHashSet<>();
  private final Set<String> placers = new LinkedHashSet<>();

  private FhirOrderNumbers() {}

  static OrderNumbers of(JsonNode report) {
    FhirOrderNumbers found = new FhirOrderNumbers();
    found.identifiers(report.path("identifier"));
    report.path("basedOn").forEach(r -> found.identifier(r.path("identifier")));
    report.path("imagingStudy").forEach(r -> found.identifier(r.path("identifier")));
    for (JsonNode contained : report.path("contained")) {
      String type = contained.path("resourceType").asText("");
      if (type.equals("ServiceRequest") || type.equals("ImagingStudy")) {
        found.identifiers(contained.path("identifier"));
      }
    }
    return new OrderNumbers(found.accessions, found.placers);
  }

  private void identifiers(JsonNode list) {
    list.forEach(this::identifier);
  }

  private void identifier(JsonNode identifier) {
    String value = identifier.path("value").asText("");
    for (JsonNode coding : identifier.path("type").path("coding")) {
      switch (coding.path("code").asText("")) {
        case "ACSN", "FILL" -> accessions.add(value);
        case "PLAC" -> placers.add(value);
        default -> {}
      }
    }
  }
}
