package io.precordia.hl7;

import io.precordia.error.ErrorCode;
import io.precordia.report.Hl7Message;
import io.precordia.report.Hl7Segment;
import io.precordia.study.ImagingOrder;
import io.precordia.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Orders (ORM^O01, OMI^O23, OMG^O19) as context of the studies to come: accession number, Study
 * Instance UID, requested procedure. Where they stand: OBR-18, OBR-19 and ZDS-1 by the IHE
 * scheduled workflow of v2.3.1, IPC-1 to IPC-5 by that of v2.5.1.
 */
final class OrderIntake {
  private static final Set<String> CANCELS = Set.of("CA", "DC", "OC", "OD", "CR", "DR");
  private final Workspace workspace;
  private final SenderIdentity sender;
  private final List<ProcedureCount> procedures;

  OrderIntake(Workspace workspace, SenderIdentity sender, List<ProcedureCount> procedures) {
    this.procedures = procedures;
    this.workspace = workspace;
    this.sender = sender;
  }

  void take(Hl7Message message) {
    String subject =
        workspace
            .records()
            .subjectOf(sender.patient(message, message.first("PID")).getFirst().text());
    List<ImagingOrder> orders = new ArrayList<>();
    for (List<Hl7Segment> group : groups(message)) {
      orders.add(order(new Hl7Message(group)));
    }
    if (orders.isEmpty()) {
      throw Refusal.error(
              Condition.SEGMENT_SEQUENCE,
              ErrorCode.MALFORMED,
              "ORC^1",
              "the message has no ORC or OBR segment")
          .thrown();
    }
    workspace.ordered(subject, orders);
  }

  /** Segments of each order, from its ORC (or OBR) on; a ZDS behind the last belongs to all. */
  private static List<List<Hl7Segment>> groups(Hl7Message message) {
    List<List<Hl7Segment>> groups = new ArrayList<>();
    boolean ordered = false;
    for (Hl7Segment segment : message.segments()) {
      boolean common = segment.name().equals("ORC");
      if (common || (segment.name().equals("OBR") && !ordered)) {
        groups.add(new ArrayList<>());
      }
      if (common || segment.name().equals("OBR")) {
        ordered = common;
      }
      if (!groups.isEmpty()) {
        groups.getLast().add(segment);
      }
    }
    Hl7Segment study = message.first("ZDS");
    if (!study.fields().isEmpty()) {
      groups.forEach(group -> group.add(study));
    }
    return groups;
  }

  private ImagingOrder order(Hl7Message group) {
    Hl7Segment orc = group.first("ORC");
    Hl7Segment obr = group.first("OBR");
    Hl7Segment ipc = group.first("IPC");
    int steps = (int) group.segments().stream().filter(s -> s.name().equals("IPC")).count();
    String placer = first(orc.component(2, 1), obr.component(2, 1));
    String filler = first(orc.component(3, 1), obr.component(3, 1));
    String accession = first(ipc.component(1, 1), obr.component(18, 1));
    if (placer.isEmpty() && filler.isEmpty() && accession.isEmpty()) {
      throw Refusal.error(
              Condition.FIELD_MISSING,
              ErrorCode.MALFORMED,
              "ORC^1^2",
              "the order has no placer, filler or accession number")
          .thrown();
    }
    String study = first(ipc.component(3, 1), group.first("ZDS").component(1, 1));
    return new ImagingOrder(
        placer,
        filler,
        accession,
        study.matches("[0-9.]{1,64}") ? study : "",
        first(ipc.component(2, 1), obr.component(19, 1)),
        obr.component(4, 1),
        obr.component(4, 2),
        obr.component(4, 3),
        first(ipc.component(5, 1), obr.component(24, 1)),
        first(group.first("TQ1").component(7, 1), obr.component(36, 1), obr.component(27, 4)),
        expected(group),
        Math.max(1, steps),
        CANCELS.contains(orc.component(1, 1)));
  }

  /**
   * How many instances the order says, in an OBX with the DICOM attribute Number of Study Related
   * Instances (0020,1208) as code; else what its procedure is known to make; 0 if neither.
   */
  private int expected(Hl7Message group) {
    for (Hl7Segment segment : group.segments()) {
      if (segment.name().equals("OBX")
          && segment.component(3, 1).replaceAll("[(),]", "").equals("00201208")
          && segment.component(5, 1).matches("[1-9][0-9]{0,4}")) {
        return Integer.parseInt(segment.component(5, 1));
      }
    }
    Hl7Segment obr = group.first("OBR");
    return procedures.stream()
        .filter(p -> p.matches(obr.component(4, 1), obr.component(4, 3)))
        .mapToInt(ProcedureCount::instances)
        .findFirst()
        .orElse(0);
  }

  private static String first(String... values) {
    for (String value : values) {
      if (!value.isBlank()) {
        return value.strip();
      }
    }
    return "";
  }
}
