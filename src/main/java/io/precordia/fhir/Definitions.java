package io.precordia.fhir;

import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationKind;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;

/** Builds operation definitions. */
final class Definitions {
  private Definitions() {}

  /** A query of ImagingStudy, on an instance and on the type. */
  static OperationDefinition query(String code, String name, String description) {
    OperationDefinition definition = new OperationDefinition();
    definition.setName(name).setTitle("$" + code).setStatus(PublicationStatus.ACTIVE);
    definition.setKind(OperationKind.OPERATION).setExperimental(true);
    definition.setDescription(description + " " + FindingsReport.NOT_FOR_CLINICAL_USE);
    definition.setAffectsState(false).setCode(code);
    definition.addResource("ImagingStudy");
    definition.setSystem(false).setType(true).setInstance(true);
    return definition;
  }

  static void in(OperationDefinition to, String name, String max, String type, String says) {
    to.addParameter()
        .setName(name)
        .setUse(OperationParameterUse.IN)
        .setMin(0)
        .setMax(max)
        .setDocumentation(says)
        .setType(type);
  }

  static void out(OperationDefinition to, String type, String says) {
    to.addParameter()
        .setName("return")
        .setUse(OperationParameterUse.OUT)
        .setMin(1)
        .setMax("1")
        .setDocumentation(says)
        .setType(type);
  }
}
