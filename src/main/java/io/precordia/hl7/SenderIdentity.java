package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.ingest.IssuerRules;
import io.precordia.report.Hl7Identity;
import io.precordia.report.Hl7Message;
import io.precordia.report.Hl7Segment;
import io.precordia.study.PatientId;
import java.util.ArrayList;
import java.util.List;

/**
 * The patient identifiers of a message, each with the issuer that it names or that its source has.
 */
record SenderIdentity(IssuerRules issuers) {

  /**
   * Medical record numbers of PID-3, else its first identifier, else PID-2.
   *
   * @throws Refusal.Thrown if there is none
   */
  List<PatientId> patient(Hl7Message message, Hl7Segment pid) {
    if (pid.fields().isEmpty()) {
      throw Refusal.error(
              Condition.SEGMENT_SEQUENCE,
              ErrorCode.MALFORMED,
              "PID^1",
              "the message has no PID segment")
          .thrown();
    }
    List<PatientId> ids = numbers(message, pid, 3);
    if (ids.isEmpty()) {
      ids = numbers(message, pid, 2);
    }
    if (ids.isEmpty()) {
      throw Refusal.error(
              Condition.FIELD_MISSING,
              ErrorCode.BAD_IDENTITY,
              "PID^1^3",
              "PID-3 (patient identifier list) is missing")
          .thrown();
    }
    return ids;
  }

  /** Medical record numbers of a field, else its first identifier; empty if it has none. */
  List<PatientId> numbers(Hl7Message message, Hl7Segment segment, int field) {
    List<PatientId> out = new ArrayList<>();
    for (PatientId id : Hl7Identity.medicalRecordNumbers(segment, field)) {
      out.add(id.issued() ? id : new PatientId(id.id(), ofSource(message), "", ""));
    }
    return out;
  }

  /** Issuer of identifiers that name none: what the configuration says of the sender, or empty. */
  String ofSource(Hl7Message message) {
    Hl7Segment msh = message.segments().getFirst();
    return issuers.ofSource(msh.component(3, 1) + "|" + msh.component(4, 1)).orElse("");
  }
}
