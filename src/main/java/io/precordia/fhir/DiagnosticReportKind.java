package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.store.InstanceRecord;
import io.precordia.store.StudyRecord;
import io.precordia.terminology.FindingCodes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Reports that were received, and the model's findings of each study. */
@Singleton
public class DiagnosticReportKind implements ResourceKind {
  private final Kept kept;
  private final Findings findings;
  private final FindingsReport made;
  private final ReceivedReports received;

  DiagnosticReportKind(Kept kept, Findings findings, FhirCodec codec) {
    this.kept = kept;
    this.findings = findings;
    this.made = new FindingsReport(FindingCodes.load(), new ImageReferences(kept));
    this.received = new ReceivedReports(kept, codec);
  }

  @Override
  public String type() {
    return "DiagnosticReport";
  }

  @Override
  public Optional<Resource> read(String id) {
    if (id.startsWith(FindingsReport.PREFIX)) {
      return kept.study(id.substring(FindingsReport.PREFIX.length())).flatMap(this::ofStudy);
    }
    return kept.instance(id).flatMap(received::of).map(r -> r);
  }

  private Optional<Resource> ofStudy(StudyRecord study) {
    List<Findings.OfInstance> sources = findings.of(study);
    return sources.isEmpty() ? Optional.empty() : Optional.of(made.report(study, sources));
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    List<Resource> reports = new ArrayList<>();
    if (!superseded(instance)) {
      received.of(instance).ifPresent(reports::add);
    }
    kept.study(instance.study())
        .filter(study -> study.instances().getFirst().id().equals(instance.id()))
        .flatMap(this::ofStudy)
        .ifPresent(reports::add);
    return reports;
  }

  /** A version whose place was taken is read by its id, and not found. */
  private static boolean superseded(InstanceRecord instance) {
    return instance.flags().stream().anyMatch(f -> f.code() == ErrorCode.SUPERSEDED);
  }

  @Override
  public boolean indexesIdentifier(String identifier) {
    return !Match.value(identifier).isEmpty();
  }

  @Override
  public List<InstanceRecord> identified(String identifier) {
    return kept.records().reportsIdentified(Match.value(identifier));
  }

  @Override
  public Map<String, Function<Resource, List<Reference>>> includes() {
    return Map.of(
        "subject", r -> List.of(((DiagnosticReport) r).getSubject()),
        "patient", r -> List.of(((DiagnosticReport) r).getSubject()),
        "result", r -> ((DiagnosticReport) r).getResult(),
        "imaging-study", r -> ((DiagnosticReport) r).getImagingStudy());
  }

  @Override
  public boolean creatable() {
    return true;
  }

  @Override
  public void prepare() {
    findings.prepare();
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of(
        Match.identifier(
            "Business identifier of a received report",
            DiagnosticReport.class,
            DiagnosticReport::getIdentifier),
        Match.token(
            "status",
            "Status; preliminary for the model's findings",
            DiagnosticReport.class,
            r ->
                r.hasStatus()
                    ? List.of(new Coding(r.getStatus().getSystem(), r.getStatus().toCode(), null))
                    : List.of()),
        Match.token(
            "category",
            "Service section, for example RAD",
            DiagnosticReport.class,
            r -> r.getCategory().stream().flatMap(c -> c.getCoding().stream()).toList()),
        Match.token(
            "code",
            "Kind of report, by LOINC or the sender's code",
            DiagnosticReport.class,
            r -> r.getCode().getCoding()),
        Match.date(
            "date",
            "Clinically relevant time",
            DiagnosticReport.class,
            r ->
                r.hasEffectiveDateTimeType()
                    ? List.of(
                        DateRange.parse(
                            Objects.requireNonNull(
                                r.getEffectiveDateTimeType().getValueAsString())))
                    : List.of()),
        Match.date(
            "issued",
            "When it was issued",
            DiagnosticReport.class,
            r ->
                r.hasIssued()
                    ? List.of(
                        new DateRange(
                            r.getIssued().toInstant(), r.getIssued().toInstant().plusMillis(1)))
                    : List.of()),
        Match.reference(
            "based-on", "The order", DiagnosticReport.class, DiagnosticReport::getBasedOn),
        Match.reference(
            "result", "An Observation", DiagnosticReport.class, DiagnosticReport::getResult),
        Match.reference(
            "imaging-study",
            "The ImagingStudy (a parameter of this service; R4 has none)",
            DiagnosticReport.class,
            DiagnosticReport::getImagingStudy));
  }
}
