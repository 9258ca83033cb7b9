package io.precordia.report;

import io.precordia.study.Revision;
import java.util.Optional;

/**
 * Which version of which report an ORU message is: result status OBR-25 (HL7 table 0123) and
 * observation result status OBX-11 (table 0085).
 */
final class Hl7Revision {
  private Hl7Revision() {}

  static Revision of(Hl7Message message) {
    String status = message.first("OBR").component(25, 1);
    int texts = 0;
    int gone = 0;
    boolean corrected = status.equals("C");
    boolean preliminary = !status.isEmpty() && "PIRS".contains(status);
    for (Hl7Segment obx : message.segments()) {
      if (obx.name().equals("OBX") && obx.field(2).matches("(?i)TX|FT|ST")) {
        texts++;
        gone += obx.field(11).matches("[DW]") ? 1 : 0;
        corrected |= obx.field(11).equals("C");
        preliminary |= status.isEmpty() && obx.field(11).equals("P");
      }
    }
    if (status.equals("X") || (texts > 0 && gone == texts)) {
      return Revision.WITHDRAWN;
    }
    return corrected ? Revision.CORRECTED : preliminary ? Revision.PRELIMINARY : Revision.FINAL;
  }

  /**
   * A name for the report that its versions have in common: a digest of sender, patient, order
   * number and service; empty if the message has no order number.
   */
  static Optional<String> report(Hl7Message message, String subject) {
    Hl7Segment obr = message.first("OBR");
    String order = obr.field(3).isBlank() ? obr.field(2) : obr.field(3);
    if (order.isBlank()) {
      return Optional.empty();
    }
    String facility = message.segments().getFirst().field(4);
    return Optional.of(ReportName.of("hl7", facility, subject, order.strip(), obr.component(4, 1)));
  }
}
