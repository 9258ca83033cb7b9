package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.ingest.Receipt;
import io.precordia.ingest.Submission;
import io.precordia.report.ReportFileDecoder;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Takes reports in: checked first, then durable by the same way in as files. */
@Singleton
public class ReportIntake {
  private static final String NAME = "DiagnosticReport.json";
  private static final Duration PROCESSING = Duration.ofSeconds(30);
  private final Kept kept;
  private final FhirCodec codec;
  private final ReportIdentity identities;

  ReportIntake(Kept kept, FhirCodec codec) {
    this.kept = kept;
    this.codec = codec;
    this.identities = new ReportIdentity(kept);
  }

  /**
   * A report that may be kept.
   *
   * @param remarks why it will be kept without being embedded; empty if it will be embedded
   */
  record Prepared(Submission submission, List<Flag> remarks) {
    Prepared {
      remarks = List.copyOf(remarks);
    }

    long bytes() {
      return submission.parts().stream().mapToLong(p -> p.bytes().length).sum();
    }
  }

  /**
   * Checks a report and makes of it what will be kept. Nothing is kept yet.
   *
   * @throws PrecordiaException INVALID_REQUEST, BAD_IDENTITY, TOO_LARGE
   */
  Prepared prepare(DiagnosticReport sent, BundleContents bundle) {
    Understood.check(sent);
    if (!sent.hasStatus() || !sent.hasCode()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "a DiagnosticReport needs status and code (FHIR R4 section 10.3)");
    }
    if (sent.getStatus() == DiagnosticReportStatus.ENTEREDINERROR) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "a report that was entered in error is not taken in");
    }
    Identity identity = identities.of(sent, bundle);
    DiagnosticReport report = codec.copy(sent);
    report.setId((String) null);
    report.getMeta().setVersionId(null).setLastUpdated(null);
    Map<Resource, String> elsewhere = new IdentityHashMap<>();
    if (bundle.find(sent.getSubject().getReference()) instanceof Patient patient) {
      elsewhere.put(patient, subject(report, identity));
    }
    bundle.containIn(report, elsewhere);
    byte[] bytes = codec.json(report);
    if (bytes.length > kept.engine().workspace().ingest().limits().submissionBytes()) {
      throw new PrecordiaException(ErrorCode.TOO_LARGE, "the report is larger than is taken in");
    }
    return new Prepared(
        new Submission(List.of(new Part(NAME, bytes)), identity),
        ReportFileDecoder.decode(NAME, bytes).flags());
  }

  /** Makes the bundle's Patient the one that it is here. */
  private String subject(DiagnosticReport report, Identity identity) {
    String who = identity.subject();
    if (who == null) {
      throw new PrecordiaException(
          ErrorCode.BAD_IDENTITY, "the Patient of the bundle has no identifier with a value");
    }
    Reference subject = report.getSubject();
    subject.setResource(null);
    subject.setReference("Patient/" + kept.subjectOf(who));
    subject.setIdentifier(PatientIdentifiers.of(who));
    return subject.getReference();
  }

  Ingest ingest() {
    return kept.engine().workspace().ingest();
  }

  /** Makes it durable, then waits a little for it to be processed. */
  Receipt keep(Prepared prepared) {
    Receipt receipt = ingest().receive(prepared.submission());
    ingest().await(List.of(receipt.instance()), PROCESSING);
    return receipt;
  }

  /** The Patient of this service that a Patient of a bundle has become, if a report made it one. */
  Optional<String> patientOf(Resource resource) {
    String who =
        resource instanceof Patient p ? ReportIdentity.identifier(p.getIdentifier()) : null;
    return Optional.ofNullable(who)
        .map(kept::subjectOf)
        .filter(id -> !kept.ofSubject(id).isEmpty());
  }
}
