package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.report.Hl7Message;
import io.precordia.workspace.Workspace;
import java.util.Set;

/**
 * Which message goes where. Events of an ADT feed that mean nothing for studies are accepted
 * without an effect, as a subscriber of the feed should; what would ask for something that is not
 * done here is rejected, so that nobody believes it done.
 */
final class Routing {
  private static final Set<String> MERGES =
      Set.of("A18", "A30", "A34", "A36", "A39", "A40", "A46", "A47");
  private static final Set<String> UPDATES =
      Set.of("A01", "A04", "A05", "A06", "A07", "A08", "A13", "A14", "A28", "A31");

  /** Movements, accounts, leaves, pending events, allergies: no study changes by them. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "A02", "A03", "A09", "A10", "A11", "A12", "A15", "A16", "A17", "A20", "A21", "A22", "A25",
          "A26", "A27", "A32", "A33", "A35", "A38", "A41", "A42", "A44", "A45", "A49", "A50", "A51",
          "A52", "A53", "A54", "A55", "A60", "A61", "A62");

  private static final Set<String> DOCUMENTS = Set.of("T02", "T04", "T06", "T08", "T10");
  private final ReportIntake reports;
  private final PatientFeed patients;
  private final OrderIntake orders;

  Routing(Workspace workspace, ReceptionOptions options) {
    SenderIdentity identity = new SenderIdentity(options.issuers());
    this.reports = new ReportIntake(workspace.ingest(), identity);
    this.patients = new PatientFeed(workspace, identity);
    this.orders = new OrderIntake(workspace, identity, options.procedures());
  }

  /**
   * Brings about what a message says; when this returns it is durable.
   *
   * @param bytes the message as it came
   * @param text the same decoded
   * @throws Refusal.Thrown if it cannot be taken
   */
  void take(Header header, byte[] bytes, String text) {
    Hl7Message message = Hl7Message.parse(text).getFirst();
    String trigger = header.trigger();
    switch (header.type()) {
      case "ORU" -> {
        event(trigger.isEmpty() || trigger.equals("R01"));
        reports.take(message, bytes, text);
      }
      case "MDM" -> {
        event(DOCUMENTS.contains(trigger));
        reports.take(message, bytes, text);
      }
      case "ADT" -> adt(trigger, message);
      case "ORM" -> {
        event(trigger.isEmpty() || trigger.equals("O01"));
        orders.take(message);
      }
      case "OMI" -> {
        event(trigger.equals("O23"));
        orders.take(message);
      }
      case "OMG" -> {
        event(trigger.equals("O19"));
        orders.take(message);
      }
      default ->
          throw Refusal.reject(
                  Condition.MESSAGE_TYPE,
                  ErrorCode.UNSUPPORTED_FORMAT,
                  "MSH^1^9",
                  "ORU, MDM, ADT, ORM, OMI and OMG messages are taken")
              .thrown();
    }
  }

  private void adt(String trigger, Hl7Message message) {
    if (MERGES.contains(trigger)) {
      patients.merge(message);
    } else if (UPDATES.contains(trigger)) {
      patients.update(message);
    } else {
      event(WITHOUT_EFFECT.contains(trigger));
    }
  }

  private static void event(boolean taken) {
    if (!taken) {
      throw Refusal.reject(
              Condition.EVENT_CODE,
              ErrorCode.UNSUPPORTED_FORMAT,
              "MSH^1^9",
              "this event asks for something that is not done here (docs/hl7.md)")
          .thrown();
    }
  }
}
