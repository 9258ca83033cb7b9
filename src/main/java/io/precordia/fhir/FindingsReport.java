package io.precordia.fhir;

import io.precordia.api.CalibratedFinding;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.StudyRecord;
import io.precordia.study.Modality;
import io.precordia.terminology.FindingCodes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * The model's findings of a study as a preliminary DiagnosticReport with its Observations, in the
 * pattern of IHE Interactive Multimedia Report. It names no responsible person or organisation,
 * since there is none.
 */
final class FindingsReport {
  static final String NOT_FOR_CLINICAL_USE =
      "Made by software for research. Not for clinical use. No person has confirmed it.";
  static final String PREFIX = "findings-";
  private final FindingCodes codes;
  private final FindingObservation observations;
  private final ImageReferences images;

  FindingsReport(FindingCodes codes, ImageReferences images) {
    this.codes = codes;
    this.images = images;
    this.observations = new FindingObservation(codes);
  }

  static String id(StudyRecord study) {
    return PREFIX + study.id();
  }

  List<Observation> observations(StudyRecord study, List<Findings.OfInstance> sources) {
    List<Observation> all = new ArrayList<>();
    for (Findings.OfInstance source : sources) {
      for (CalibratedFinding finding : source.findings()) {
        Observation made = observations.of(source, finding, Kept.study(study));
        images.attach(made, study, source.instance());
        all.add(made);
      }
    }
    return all;
  }

  DiagnosticReport report(StudyRecord study, List<Findings.OfInstance> sources) {
    DiagnosticReport report = new DiagnosticReport();
    report.setId(id(study));
    report
        .getMeta()
        .setLastUpdated(Kept.updated(sources.stream().map(Findings.OfInstance::instance).toList()));
    report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    boolean xray = sources.stream().anyMatch(s -> s.instance().modality() == Modality.XRAY);
    boolean ecg = sources.stream().anyMatch(s -> s.instance().modality() == Modality.ECG);
    if (xray) {
      report.addCategory(Systems.concept(Systems.SERVICE_SECTION, "RAD", "Radiology"));
    }
    if (ecg) {
      report.addCategory(
          Systems.concept(
              Systems.SERVICE_SECTION, "EC", "Electrocardiac (e.g., EKG, EEC, Holter)"));
    }
    report.setCode(
        xray
            ? Systems.concept(Systems.LOINC, "18748-4", "Diagnostic imaging study")
            : Systems.concept(Systems.LOINC, "11524-6", "EKG study"));
    report.setSubject(Kept.patient(study.subject()));
    ImagingStudyKind.date(study)
        .ifPresent(date -> report.setEffective(new DateTimeType(date.toString())));
    report.setIssued(report.getMeta().getLastUpdated());
    report.addImagingStudy(Kept.study(study));
    for (Findings.OfInstance source : sources) {
      for (CalibratedFinding finding : source.findings()) {
        report.addResult(
            new Reference("Observation/" + FindingObservation.id(source.instance(), finding))
                .setDisplay(codes.of(finding.fact()).display()));
      }
    }
    report.setConclusion(conclusion(sources));
    String body = body(sources);
    report.setText(narrative(body));
    report.addPresentedForm(
        html(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"/><title>Findings</title></head><body>"
                + body
                + "</body></html>"));
    return report;
  }

  private String conclusion(List<Findings.OfInstance> sources) {
    String present =
        sources.stream()
            .flatMap(s -> s.findings().stream())
            .filter(f -> "present".equals(f.decision()))
            .map(f -> codes.of(f.fact()).display().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return NOT_FOR_CLINICAL_USE
        + " Decided as present: "
        + (present.isEmpty() ? "nothing" : present)
        + ".";
  }

  private String body(List<Findings.OfInstance> sources) {
    StringBuilder out = new StringBuilder("<p><b>" + NOT_FOR_CLINICAL_USE + "</b></p>");
    for (Findings.OfInstance source : sources) {
      out.append("<p><a href=\"/v1/instances/")
          .append(source.instance().id())
          .append("/rendered\">")
          .append(source.instance().modality() == Modality.ECG ? "ECG" : "Radiograph")
          .append("</a></p><table><tr><th>Finding</th><th>Probability</th><th>Decision</th></tr>");
      for (CalibratedFinding finding : source.findings()) {
        out.append("<tr><td>")
            .append(codes.of(finding.fact()).display())
            .append("</td><td>")
            .append(String.format(Locale.ROOT, "%.3f", finding.presence()))
            .append("</td><td>")
            .append(finding.decision() == null ? "none" : finding.decision())
            .append("</td></tr>");
      }
      out.append("</table>");
    }
    return out.toString();
  }

  private static Narrative narrative(String body) {
    Narrative narrative = new Narrative();
    narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
    narrative.setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">" + body + "</div>");
    return narrative;
  }

  private static Attachment html(String text) {
    return attachment("text/html", text.getBytes(StandardCharsets.UTF_8));
  }

  /** With size and SHA-1 (FHIR R4 section 2.24.0.8). */
  static Attachment attachment(String type, byte[] bytes) {
    try {
      return new Attachment()
          .setContentType(type)
          .setData(bytes)
          .setSize(bytes.length)
          .setHash(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL, "SHA-1 is not available on this Java runtime", e);
    }
  }
}
