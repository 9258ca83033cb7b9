package io.precordia.fhir;

import jakarta.inject.Singleton;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/** The capability statement, made of the kinds and operations that answer. */
@Singleton
public class Capability {
  private final Kinds kinds;
  private final Operations operations;
  private final Date started = new Date();

  Capability(Kinds kinds, Operations operations) {
    this.kinds = kinds;
    this.operations = operations;
  }

  CapabilityStatement statement(String base) {
    CapabilityStatement statement = new CapabilityStatement();
    statement.setStatus(PublicationStatus.ACTIVE).setExperimental(true).setDate(started);
    statement.setKind(CapabilityStatement.CapabilityStatementKind.INSTANCE);
    statement.getSoftware().setName("Precordia");
    statement.getImplementation().setDescription("Precordia FHIR R4 door").setUrl(base);
    statement.setFhirVersion(FHIRVersion._4_0_1);
    statement.addFormat("application/fhir+json");
    statement.addFormat("application/fhir+xml");
    CapabilityStatementRestComponent rest = statement.addRest();
    rest.setMode(RestfulCapabilityMode.SERVER);
    rest.setDocumentation(
        "_sort takes the parameters of type date, ascending or with a minus. Where much is kept, a search must name a patient, _id or identifier;"
            + " else it is refused as too-costly.");
    rest.getSecurity()
        .setDescription("None of its own: it listens on loopback unless told otherwise.");
    kinds.all().forEach(kind -> resource(rest, base, kind));
    CapabilityStatementRestResourceComponent definitions =
        rest.addResource().setType("OperationDefinition");
    interactions(definitions, List.of(TypeRestfulInteraction.READ));
    rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
    rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
    return statement;
  }

  private void resource(CapabilityStatementRestComponent rest, String base, ResourceKind kind) {
    CapabilityStatementRestResourceComponent resource = rest.addResource().setType(kind.type());
    interactions(resource, List.of(TypeRestfulInteraction.READ, TypeRestfulInteraction.VREAD));
    resource.setVersioning(ResourceVersionPolicy.VERSIONED).setReadHistory(false);
    resource.setConditionalRead(CapabilityStatement.ConditionalReadStatus.FULLSUPPORT);
    if (kind.creatable()) {
      interactions(resource, List.of(TypeRestfulInteraction.CREATE));
      resource.setConditionalCreate(true);
    }
    if (kind.searchable()) {
      interactions(resource, List.of(TypeRestfulInteraction.SEARCHTYPE));
      parameter(resource, "_id", SearchParamType.TOKEN, "Id of the resource");
      if (kind.ofPatient()) {
        parameter(resource, "patient", SearchParamType.REFERENCE, "The patient");
        parameter(resource, "subject", SearchParamType.REFERENCE, "The patient");
        parameter(
            resource,
            "patient.identifier",
            SearchParamType.TOKEN,
            "The patient by an identifier, with its system if it has one");
      }
      SearchQuery.parameters(kind)
          .forEach(p -> parameter(resource, p.name(), p.type(), p.documentation()));
    }
    kind.includes().keySet().stream()
        .sorted()
        .forEach(name -> resource.addSearchInclude(kind.type() + ":" + name));
    if (kind.type().equals("ImagingStudy")) {
      for (Operation operation : operations.all()) {
        resource
            .addOperation()
            .setName(operation.name())
            .setDefinition(Operations.url(base, operation));
      }
    }
  }

  private static void interactions(
      CapabilityStatementRestResourceComponent resource, List<TypeRestfulInteraction> codes) {
    codes.forEach(code -> resource.addInteraction().setCode(code));
  }

  private static void parameter(
      CapabilityStatementRestResourceComponent resource,
      String name,
      SearchParamType type,
      String documentation) {
    resource.addSearchParam().setName(name).setType(type).setDocumentation(documentation);
  }
}
