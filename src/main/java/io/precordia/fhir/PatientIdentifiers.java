package io.precordia.fhir;

import io.precordia.study.PatientId;
import org.hl7.fhir.r4.model.Identifier;

/** Patient identifiers between FHIR and the form that DICOM and HL7 v2 bring in. */
final class PatientIdentifiers {
  private PatientIdentifiers() {}

  /** The kept form of an identifier and the URI of its system, empty if it has none. */
  static String kept(String system, String value) {
    if (system.isBlank()) {
      return value;
    }
    PatientId id =
        system.startsWith(Systems.OID)
            ? new PatientId(value, "", system.substring(Systems.OID.length()), "ISO")
            : new PatientId(value, "", system, "URI");
    return id.text();
  }

  /** An OID or URI becomes the system; the name of an issuer is told as the assigner. */
  static Identifier of(String kept) {
    PatientId id = PatientId.parse(kept);
    Identifier identifier = new Identifier().setValue(id.id());
    String universal = id.universal();
    if (universal.matches("[0-2](\\.[0-9]+)+")) {
      identifier.setSystem(Systems.OID + universal);
    } else if (universal.contains(":")) {
      identifier.setSystem(universal);
    }
    if (!id.namespace().isEmpty()) {
      identifier.getAssigner().setDisplay(id.namespace());
    }
    return identifier;
  }
}
