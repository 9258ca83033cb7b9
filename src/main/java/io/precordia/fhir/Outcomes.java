package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Errors as OperationOutcome: the kind of issue, the stable code, and what to do. */
final class Outcomes {
  /** System of {@link ErrorCode#id()} in {@code issue.details}. */
  static final String CODES = "urn:precordia:problem";

  private Outcomes() {}

  static OperationOutcome error(ErrorCode code, String message) {
    return add(
        new OperationOutcome(),
        code == ErrorCode.INTERNAL ? IssueSeverity.FATAL : IssueSeverity.ERROR,
        type(code),
        code,
        message);
  }

  static OperationOutcome add(
      OperationOutcome outcome,
      IssueSeverity severity,
      IssueType type,
      ErrorCode code,
      String message) {
    OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue();
    issue.setSeverity(severity).setCode(type).setDiagnostics(message);
    CodeableConcept details = new CodeableConcept();
    details.addCoding().setSystem(CODES).setCode(code.id());
    issue.setDetails(details);
    return outcome;
  }

  static OperationOutcome information(String message) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics(message);
    return outcome;
  }

  static IssueType type(ErrorCode code) {
    return switch (code) {
      case INVALID_REQUEST, MALFORMED, BAD_CHARSET, TRUNCATED -> IssueType.STRUCTURE;
      case INVALID_ARGUMENT, BAD_IDENTITY -> IssueType.VALUE;
      case EMPTY, NO_TEXT -> IssueType.REQUIRED;
      case FORBIDDEN -> IssueType.FORBIDDEN;
      case NOT_FOUND -> IssueType.NOTFOUND;
      case METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          UNSUPPORTED_FORMAT,
          UNSUPPORTED_MODALITY,
          UNSUPPORTED_TRANSFER_SYNTAX ->
          IssueType.NOTSUPPORTED;
      case CONFLICT -> IssueType.CONFLICT;
      case PRECONDITION_FAILED -> IssueType.MULTIPLEMATCHES;
      case TOO_LARGE, DECOMPRESSION_LIMIT -> IssueType.TOOLONG;
      case TOO_COSTLY -> IssueType.TOOCOSTLY;
      case BUSY -> IssueType.THROTTLED;
      case NOT_READY, CANCELLED -> IssueType.TRANSIENT;
      case STORAGE_FULL, INSUFFICIENT_MEMORY -> IssueType.NOSTORE;
      case INTERNAL, CORRUPT_STORE -> IssueType.EXCEPTION;
      default -> IssueType.PROCESSING;
    };
  }
}
