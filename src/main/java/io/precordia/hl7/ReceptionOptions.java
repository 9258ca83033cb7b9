package io.precordia.hl7;

import io.precordia.ingest.IssuerRules;
import java.util.List;
import java.util.Set;

/**
 * What is taken and how it is answered.
 *
 * @param application MSH-3 of answers to messages that name no receiver
 * @param applications sending applications (MSH-3.1) that may send; empty lets all
 * @param facilities sending facilities (MSH-4.1) that may send; empty lets all
 * @param processingIds accepted MSH-11.1
 * @param issuers issuers of patient identifiers that name none, by source
 * @param procedures how many instances ordered procedures make
 */
public record ReceptionOptions(
    String application,
    AckMode mode,
    Set<String> applications,
    Set<String> facilities,
    Set<String> processingIds,
    IssuerRules issuers,
    List<ProcedureCount> procedures) {
  /** All senders, production, training and debugging, modes as the messages ask. */
  public static final ReceptionOptions DEFAULT =
      new ReceptionOptions(
          "PRECORDIA",
          AckMode.AUTO,
          Set.of(),
          Set.of(),
          Set.of("P", "T", "D"),
          IssuerRules.NONE,
          List.of());

  public ReceptionOptions {
    applications = Set.copyOf(applications);
    facilities = Set.copyOf(facilities);
    processingIds = Set.copyOf(processingIds);
    procedures = List.copyOf(procedures);
  }
}
