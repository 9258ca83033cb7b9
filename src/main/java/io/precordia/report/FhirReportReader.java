package io.precordia.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Identity;
import io.precordia.study.Report;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * FHIR R4 DiagnosticReport in JSON: presentedForm of type text/plain or text/html, the conclusion,
 * and without those a narrative of status additional. Other resources are named and refused.
 */
final class FhirReportReader {
  private static final String OID = "urn:oid:";
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(100)
                      .maxStringLength(TextDecoding.MAX_BYTES)
                      .build())
              .build());

  private FhirReportReader() {}

  /** A parsed JSON object, or null if the text is none. */
  static @Nullable JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node != null && node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  static Report report(JsonNode resource) {
    String type = resource.path("resourceType").asText("");
    if (type.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT, "a JSON document that is not a FHIR resource");
    }
    if (!type.equals("DiagnosticReport")) {
      String name = type.matches("[A-Za-z]{1,40}") ? type : "resource of unknown type";
      throw new PrecordiaException(
          ErrorCode.UNSUPPORTED_FORMAT,
          "a FHIR " + name + " holds no report; DiagnosticReport is read");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode form : resource.path("presentedForm")) {
      String kind = form.path("contentType").asText("").toLowerCase(Locale.ROOT);
      String data = form.path("data").asText("");
      if (kind.startsWith("text/plain")) {
        text.append(text.isEmpty() ? "" : "\n").append(plain(data));
      } else if (kind.startsWith("text/html")) {
        text.append(text.isEmpty() ? "" : "\n").append(MarkupText.of(plain(data)));
      }
    }
    String conclusion = resource.path("conclusion").asText("").strip();
    if (!conclusion.isEmpty() && text.indexOf(conclusion) < 0) {
      text.append(text.isEmpty() ? "" : "\n").append("CONCLUSION: ").append(conclusion);
    }
    JsonNode narrative = resource.path("text");
    // Only a narrative of this status says more than the elements that it was generated from.
    if (text.toString().isBlank() && narrative.path("status").asText("").equals("additional")) {
      text.append(MarkupText.of(narrative.path("div").asText("")));
    }
    if (text.toString().isBlank()) {
      throw new PrecordiaException(
          ErrorCode.NO_TEXT,
          "the FHIR DiagnosticReport holds neither a conclusion, nor a text/plain or text/html form, nor a narrative of status additional");
    }
    return ReportSections.split(text.toString());
  }

  private static String plain(String base64) {
    if (base64.isBlank()) {
      return "";
    }
    try {
      return TextDecoding.decode(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED,
          "the presentedForm of the FHIR DiagnosticReport is not valid base64",
          e);
    }
  }

  private static @Nullable String version(JsonNode r, String who) {
    for (JsonNode identifier : r.path("identifier")) {
      String value = identifier.path("value").asText("");
      boolean order = false;
      for (JsonNode coding : identifier.path("type").path("coding")) {
        order |= FhirReportVersion.ORDER_TYPES.contains(coding.path("code").asText(""));
      }
      if (!value.isEmpty() && !order) {
        return FhirReportVersion.report(who, identifier.path("system").asText(""), value);
      }
    }
    return null;
  }

  /** Business identifiers as {@code system|value}. */
  static List<String> identifiers(JsonNode r) {
    List<String> out = new ArrayList<>();
    for (JsonNode identifier : r.path("identifier")) {
      String value = identifier.path("value").asText("");
      if (!value.isEmpty()) {
        out.add(identifier.path("system").asText("") + "|" + value);
      }
    }
    return out;
  }

  static Identity identity(JsonNode r) {
    JsonNode subject = r.path("subject");
    JsonNode identifier = subject.path("identifier");
    String who = identifier.path("value").asText("");
    String system = identifier.path("system").asText("").strip();
    if (!who.isEmpty() && !system.isEmpty()) {
      who +=
          system.startsWith(OID)
              ? "^^^&" + system.substring(OID.length()) + "&ISO"
              : "^^^&" + system + "&URI";
    }
    who = who.isEmpty() ? subject.path("reference").asText("") : who;
    LocalDate date =
        PatientFacts.date(
            r.path("effectiveDateTime").asText(r.path("effectivePeriod").path("start").asText("")));
    date = date == null ? PatientFacts.date(r.path("issued").asText("")) : date;
    String study = r.path("imagingStudy").path(0).path("identifier").path("value").asText("");
    study = study.startsWith(OID) ? study.substring(OID.length()) : study;
    study = study.isEmpty() ? r.path("identifier").path(0).path("value").asText("") : study;
    return new Identity(
        who.isEmpty() ? null : who,
        study.isEmpty() ? null : study,
        version(r, who),
        date,
        null,
        null,
        null,
        FhirReportVersion.tags(r.path("status").asText("")));
  }
}
