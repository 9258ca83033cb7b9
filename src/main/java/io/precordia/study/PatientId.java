package io.precordia.study;

import java.util.List;

/**
 * A patient identifier with its issuer: DICOM Patient ID (0010,0020) with Issuer of Patient ID
 * (0010,0021) and its qualifiers (0010,0024), or HL7 v2 CX-1 with the HD of CX-4. Patient data: it
 * is never logged. Absent parts are empty.
 *
 * @param id the identifier itself
 * @param namespace name of the assigning authority (HD-1, Issuer of Patient ID)
 * @param universal its universal identifier (HD-2, Universal Entity ID), for example an OID
 * @param universalType kind of the universal identifier (HD-3), for example ISO
 */
public record PatientId(String id, String namespace, String universal, String universalType) {
  private static final String TO_ISSUER = "^^^";

  /** Reads the form that {@link #text} writes; text without an issuer is all identifier. */
  public static PatientId parse(String text) {
    int at = text.lastIndexOf(TO_ISSUER);
    if (at <= 0) {
      return new PatientId(text, "", "", "");
    }
    List<String> issuer = List.of(text.substring(at + TO_ISSUER.length()).split("&", 3));
    return new PatientId(
        text.substring(0, at),
        issuer.get(0).strip(),
        issuer.size() > 1 ? issuer.get(1).strip() : "",
        issuer.size() > 2 ? issuer.get(2).strip() : "");
  }

  /** Whether any issuer is named. */
  public boolean issued() {
    return !namespace.isEmpty() || !universal.isEmpty();
  }

  /** {@code id}, {@code id^^^namespace} or {@code id^^^namespace&universal&type}. */
  public String text() {
    if (!issued()) {
      return id;
    }
    return universal.isEmpty()
        ? id + TO_ISSUER + namespace
        : id + TO_ISSUER + namespace + "&" + universal + "&" + universalType;
  }
}
