package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.ingest.Ingest;
import io.precordia.ingest.Part;
import io.precordia.ingest.Submission;
import io.precordia.report.Hl7Charset;
import io.precordia.report.Hl7Message;
import io.precordia.study.Identity;
import io.precordia.study.PatientId;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reports (ORU, MDM) into the inbox: durable when this returns, read and embedded afterwards. A
 * message about several studies becomes one submission for each; the same content again adds
 * nothing.
 */
final class ReportIntake {
  private static final String NAME = "message.hl7";
  private final Ingest ingest;
  private final SenderIdentity sender;

  ReportIntake(Ingest ingest, SenderIdentity sender) {
    this.ingest = ingest;
    this.sender = sender;
  }

  void take(Hl7Message message, byte[] bytes, String text) {
    List<PatientId> patient = sender.patient(message, message.first("PID"));
    boolean document = message.type().startsWith("MDM");
    if (message.first(document ? "TXA" : "OBR").fields().isEmpty()) {
      throw Refusal.error(
              Condition.SEGMENT_SEQUENCE,
              ErrorCode.MALFORMED,
              document ? "TXA^1" : "OBR^1",
              document ? "the message has no TXA segment" : "the message has no OBR segment")
          .thrown();
    }
    Identity identity =
        sender.ofSource(message).isEmpty()
            ? Identity.UNKNOWN
            : new Identity(
                patient.getFirst().text(), null, null, null, null, null, null, List.of());
    List<String> parts = document ? List.of(text) : MessageSplit.byStudy(text);
    if (parts.size() == 1) {
      receive(bytes, identity);
      return;
    }
    Charset charset = Hl7Charset.declared(bytes).orElse(StandardCharsets.UTF_8);
    for (String part : parts) {
      receive(part.getBytes(charset), identity);
    }
  }

  private void receive(byte[] bytes, Identity identity) {
    var unused = ingest.receive(new Submission(List.of(new Part(NAME, bytes)), identity));
  }
}
