package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.InstanceRecord;
import io.precordia.store.InstanceStatus;
import io.precordia.study.Flag;
import io.precordia.study.Modality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;

/**
 * Reports that were received. One that came as FHIR is given back as it came, with this service's
 * id and patient; any other becomes a DiagnosticReport with its words as presented form.
 */
final class ReceivedReports {
  private static final String FHIR = "fhir";
  private final Kept kept;
  private final FhirCodec codec;

  ReceivedReports(Kept kept, FhirCodec codec) {
    this.kept = kept;
    this.codec = codec;
  }

  Optional<DiagnosticReport> of(InstanceRecord instance) {
    if (instance.format().equals(FHIR)) {
      Optional<DiagnosticReport> sent = sent(instance);
      if (sent.isPresent()) {
        return sent;
      }
    }
    return instance.modality() == Modality.REPORT
        ? Optional.of(described(instance))
        : Optional.empty();
  }

  private Optional<DiagnosticReport> sent(InstanceRecord instance) {
    try {
      DiagnosticReport report =
          codec.stored(
              DiagnosticReport.class, kept.records().files(instance.id()).getFirst().bytes());
      report.setId(instance.id());
      stamp(report.getMeta(), instance);
      Reference subject = report.getSubject();
      if (!isContained(subject)) {
        subject.setReference("Patient/" + instance.subject());
      }
      return Optional.of(report);
    } catch (IOException e) {
      return Optional.empty(); // a file that the tolerant import took and FHIR R4 does not
    } catch (PrecordiaException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        return Optional.empty(); // erased meanwhile
      }
      throw e;
    }
  }

  private static boolean isContained(Reference reference) {
    return reference.hasReference() && reference.getReference().startsWith("#");
  }

  private DiagnosticReport described(InstanceRecord instance) {
    DiagnosticReport report = new DiagnosticReport();
    report.setId(instance.id());
    stamp(report.getMeta(), instance);
    report.setStatus(DiagnosticReport.DiagnosticReportStatus.UNKNOWN);
    report.setCode(Systems.concept(Systems.LOINC, "47045-0", "Study report"));
    report.setSubject(Kept.patient(instance.subject()));
    LocalDate date = instance.identity().date();
    if (date != null) {
      report.setEffective(new DateTimeType(date.toString()));
    }
    report.setIssued(Date.from(instance.received()));
    kept.study(instance.study())
        .filter(ImagingStudyKind::hasEvidence)
        .ifPresent(study -> report.addImagingStudy(Kept.study(study)));
    String text = instance.text();
    if (text != null) {
      report.addPresentedForm(
          FindingsReport.attachment(
              "text/plain; charset=UTF-8", text.getBytes(StandardCharsets.UTF_8)));
    }
    return report;
  }

  private static void stamp(Meta meta, InstanceRecord instance) {
    meta.setLastUpdated(Date.from(instance.received()));
    if (instance.status() == InstanceStatus.FLAGGED) {
      for (Flag flag : instance.flags()) {
        meta.addTag(new Coding(Systems.FLAG, flag.code().id(), null));
      }
    }
  }
}
