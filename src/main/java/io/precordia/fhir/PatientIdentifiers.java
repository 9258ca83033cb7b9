package io.precordia.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Identifier;

/**
 * Patient identifiers between FHIR and the form that DICOM and HL7 v2 bring in: {@code id}, {@code
 * id^^^namespace} or {@code id^^^namespace&universal&type}.
 */
final class PatientIdentifiers {
  private static final String TO_ISSUER = "^^^";

  private PatientIdentifiers() {}

  /** The kept form of an identifier and the URI of its system, empty if it has none. */
  static String kept(String system, String value) {
    if (system.isBlank()) {
      return value;
    }
    return system.startsWith(Systems.OID)
        ? value + TO_ISSUER + "&" + system.substring(Systems.OID.length()) + "&ISO"
        : value + TO_ISSUER + "&" + system + "&URI";
  }

  static Identifier of(String kept) {
    int at = kept.lastIndexOf(TO_ISSUER);
    Identifier identifier = new Identifier();
    if (at <= 0) {
      return identifier.setValue(kept);
    }
    identifier.setValue(kept.substring(0, at));
    List<String> issuer = List.of((kept.substring(at + TO_ISSUER.length()) + "&&").split("&", -1));
    String universal = issuer.get(1).strip();
    String kind = issuer.get(2).strip();
    if (kind.equals("ISO") || (kind.isEmpty() && universal.matches("[0-2](\\.[0-9]+)+"))) {
      identifier.setSystem(Systems.OID + universal);
    } else if (universal.contains(":")) {
      identifier.setSystem(universal);
    }
    if (!issuer.get(0).isBlank()) {
      identifier.getAssigner().setDisplay(issuer.get(0).strip());
    }
    return identifier;
  }
}
