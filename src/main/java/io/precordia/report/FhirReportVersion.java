package io.precordia.report;

import io.precordia.study.Revision;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which version of which report a DiagnosticReport is: by its own business identifier and its
 * status (FHIR R4 value set diagnostic-report-status).
 */
public final class FhirReportVersion {
  /** Types of identifiers (HL7 table 0203) that name an order and not a report. */
  public static final Set<String> ORDER_TYPES = Set.of("ACSN", "FILL", "PLAC");

  private FhirReportVersion() {}

  /** What a status says; an unknown one counts as final. */
  static Revision of(String status) {
    return switch (status) {
      case "registered", "partial", "preliminary" -> Revision.PRELIMINARY;
      case "amended", "corrected", "appended" -> Revision.CORRECTED;
      case "cancelled", "entered-in-error" -> Revision.WITHDRAWN;
      default -> Revision.FINAL;
    };
  }

  /** The tag that tells a preliminary or corrected version from others. */
  static List<String> tags(String status) {
    Revision revision = of(status);
    return revision == Revision.PRELIMINARY || revision == Revision.CORRECTED
        ? List.of(revision.name().toLowerCase(Locale.ROOT))
        : List.of();
  }

  /**
   * A name for the report that its versions have in common: a digest.
   *
   * @param subject patient identifier, so that nobody's report takes another patient's place
   * @param system of the report's identifier, empty if it has none
   */
  public static String report(String subject, String system, String value) {
    return ReportName.of("fhir", subject, system, value);
  }
}
