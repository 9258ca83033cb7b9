package io.precordia.fhir;

import io.precordia.terminology.Code;
import io.precordia.terminology.FindingCode;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** URIs of the code systems and namespaces that resources use. */
final class Systems {
  static final String SNOMED = "http://snomed.info/sct";
  static final String LOINC = "http://loinc.org";
  static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  static final String DICOM_UID = "urn:dicom:uid";
  static final String SERVICE_SECTION = "http://terminology.hl7.org/CodeSystem/v2-0074";
  static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
  static final String UCUM = "http://unitsofmeasure.org";
  static final String OID = "urn:oid:";

  /** Local codes of findings. */
  static final String FINDING = "urn:precordia:finding";

  /** Local codes of what is told beside a finding. */
  static final String PROPERTY = "urn:precordia:property";

  /** Digests over all files of a model folder, SHA-256 in lower-case hex. */
  static final String MODEL_DIGEST = "urn:precordia:model:sha256";

  /** Why something is kept and not embedded: {@code ErrorCode.id()}. */
  static final String FLAG = "urn:precordia:flag";

  private Systems() {}

  static CodeableConcept concept(String system, String code, String display) {
    return new CodeableConcept().addCoding(new Coding(system, code, display)).setText(display);
  }

  /** The published concept, if there is one, and the local one. */
  static CodeableConcept concept(FindingCode finding) {
    CodeableConcept concept = new CodeableConcept();
    finding
        .published()
        .filter(code -> code.scheme().equals(Code.SCT))
        .ifPresent(code -> concept.addCoding(new Coding(SNOMED, code.value(), code.meaning())));
    concept.addCoding(new Coding(FINDING, finding.fact(), finding.display()));
    return concept.setText(finding.display());
  }
}
