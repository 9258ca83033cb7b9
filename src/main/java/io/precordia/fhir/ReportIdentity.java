package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.report.FhirReportVersion;
import io.precordia.store.InstanceRecord;
import io.precordia.store.OpaqueIds;
import io.precordia.study.Identity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Whom and which study a report is about, by what it refers to: a resource that it contains, an
 * entry of its bundle, a resource of this service, or a business identifier.
 */
final class ReportIdentity {
  private static final int OLDEST = 130;
  private final Kept kept;

  ReportIdentity(Kept kept) {
    this.kept = kept;
  }

  /**
   * @throws PrecordiaException BAD_IDENTITY if it refers to a patient or study of this service that
   *     is not there
   */
  Identity of(DiagnosticReport report, BundleContents bundle) {
    Reference subject = report.getSubject();
    Resource patient = resource(report, subject, bundle);
    String who = patient instanceof Patient p ? identifier(p.getIdentifier()) : null;
    who = who == null ? identifier(subject.getIdentifier()) : who;
    who = who == null ? known(subject) : who;
    if (who == null && subject.hasReference() && patient == null) {
      who = subject.getReference(); // of another server: the reference itself tells patients apart
    }
    LocalDate date = date(report);
    return new Identity(
        who,
        study(report, bundle),
        version(report, who),
        date,
        patient instanceof Patient p ? sex(p) : null,
        patient instanceof Patient p ? age(p, date) : null,
        null,
        List.of());
  }

  /** What the versions of the report have in common, null if it has no identifier of its own. */
  private static @Nullable String version(DiagnosticReport report, @Nullable String who) {
    return report.getIdentifier().stream()
        .filter(Identifier::hasValue)
        .filter(
            i ->
                i.getType().getCoding().stream()
                    .noneMatch(c -> FhirReportVersion.ORDER_TYPES.contains(c.getCode())))
        .findFirst()
        .map(
            i ->
                FhirReportVersion.report(
                    who == null ? "" : who,
                    i.hasSystem() ? i.getSystem() : "",
                    i.getValue().strip()))
        .orElse(null);
  }

  static @Nullable Resource resource(
      DiagnosticReport report, Reference reference, BundleContents bundle) {
    String text = reference.getReference();
    if (text != null && text.startsWith("#")) {
      return report.getContained().stream()
          .filter(c -> ("#" + c.getIdElement().getIdPart().replace("#", "")).equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new PrecordiaException(
                      ErrorCode.INVALID_REQUEST,
                      "a reference leads to a contained resource that is not there"));
    }
    return bundle.find(text);
  }

  static @Nullable String identifier(List<Identifier> identifiers) {
    Identifier chosen = null;
    for (Identifier i : identifiers) {
      boolean record =
          i.getType().getCoding().stream().anyMatch(c -> Objects.equals(c.getCode(), "MR"));
      if (i.hasValue() && (chosen == null || record)) {
        chosen = i;
      }
    }
    return chosen == null ? null : identifier(chosen);
  }

  private static @Nullable String identifier(Identifier identifier) {
    return identifier.hasValue()
        ? PatientIdentifiers.kept(
            identifier.hasSystem() ? identifier.getSystem().strip() : "",
            identifier.getValue().strip())
        : null;
  }

  private @Nullable String known(Reference subject) {
    String id = ownId(subject, "Patient");
    if (id == null) {
      return null;
    }
    List<InstanceRecord> instances = kept.ofSubject(id);
    return instances.stream()
        .map(i -> i.identity().subject())
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(
            () ->
                new PrecordiaException(
                    ErrorCode.BAD_IDENTITY,
                    instances.isEmpty()
                        ? "the report's subject is no Patient of this service"
                        : "the report's subject has no identifier here; give subject.identifier"));
  }

  private @Nullable String study(DiagnosticReport report, BundleContents bundle) {
    if (!report.hasImagingStudy()) {
      return null;
    }
    Reference reference = report.getImagingStudyFirstRep();
    Resource resource = resource(report, reference, bundle);
    if (resource instanceof ImagingStudy study) {
      return study.getIdentifier().stream()
          .filter(Identifier::hasValue)
          .sorted(
              java.util.Comparator.comparing(i -> Systems.DICOM_UID.equals(i.getSystem()) ? 0 : 1))
          .map(i -> uid(i.getValue()))
          .findFirst()
          .orElse(null);
    }
    if (reference.getIdentifier().hasValue()) {
      return uid(reference.getIdentifier().getValue());
    }
    String id = ownId(reference, "ImagingStudy");
    return id == null
        ? null
        : kept.study(id).stream()
            .flatMap(s -> s.instances().stream())
            .map(i -> i.identity().study())
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(
                () ->
                    new PrecordiaException(
                        ErrorCode.BAD_IDENTITY,
                        "the report's imagingStudy is none of this service, or has no UID; give imagingStudy.identifier"));
  }

  /** The id of a reference that can only be of this service, by its form. */
  private static @Nullable String ownId(Reference reference, String type) {
    String text = reference.getReference();
    if (text == null || !Match.relative(text).startsWith(type + "/")) {
      return null;
    }
    String id = text.substring(text.lastIndexOf('/') + 1);
    return OpaqueIds.isId(id) ? id : null;
  }

  private static String uid(String value) {
    return value.startsWith(Systems.OID) ? value.substring(Systems.OID.length()) : value;
  }

  private static @Nullable LocalDate date(DiagnosticReport report) {
    Date time =
        report.hasEffectiveDateTimeType()
            ? report.getEffectiveDateTimeType().getValue()
            : report.hasEffectivePeriod() ? report.getEffectivePeriod().getStart() : null;
    time = time == null ? report.getIssued() : time;
    return time == null ? null : time.toInstant().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static @Nullable String sex(Patient patient) {
    return switch (patient.getGender()) {
      case MALE -> "M";
      case FEMALE -> "F";
      case OTHER -> "O";
      case null, default -> null;
    };
  }

  private static @Nullable Integer age(Patient patient, @Nullable LocalDate at) {
    if (!patient.hasBirthDate() || at == null) {
      return null;
    }
    LocalDate born =
        DateRange.parse(patient.getBirthDateElement().getValueAsString())
            .start()
            .atZone(ZoneOffset.UTC)
            .toLocalDate();
    long years = ChronoUnit.YEARS.between(born, at);
    return years >= 0 && years <= OLDEST ? Integer.valueOf((int) years) : null;
  }
}
