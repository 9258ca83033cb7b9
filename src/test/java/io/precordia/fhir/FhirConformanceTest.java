package io.precordia.fhir;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import io.precordia.api.ServiceUnderTest;
import io.precordia.api.ShippedModelService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door over simulated studies and the shipped weights, asked by HAPI's own client. */
@QuarkusTest
@QuarkusTestResource(value = ShippedModelService.class, restrictToAnnotatedClass = true)
class FhirConformanceTest {
  private static final FhirContext FHIR = FhirContext.forR4();
  private static final int STUDIES = 2;
  private IGenericClient client;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
    FHIR.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    FHIR.getRestfulClientFactory().setSocketTimeout(120_000);
    client = FHIR.newRestfulGenericClient(base());
    if (client
        .search()
        .forResource(Patient.class)
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .isEmpty()) {
      SimulatedStudies.send(STUDIES, 7);
    }
  }

  private static String base() {
    return "http://127.0.0.1:" + RestAssured.port + "/fhir";
  }

  private <R extends Resource> List<R> all(Class<R> type) {
    List<R> resources = new ArrayList<>();
    Bundle page = client.search().forResource(type).count(7).returnBundle(Bundle.class).execute();
    while (true) {
      page.getEntry().forEach(e -> resources.add(type.cast(e.getResource())));
      if (page.getLink(Bundle.LINK_NEXT) == null) {
        return resources;
      }
      page = client.loadPage().next(page).execute();
    }
  }

  @Test
  void everyResourceIsValidAndReadsAsItWasFound() {
    OfflineValidator validator = new OfflineValidator(FHIR);
    Set<String> seen = new TreeSet<>();
    List<String> errors = new ArrayList<>();
    for (String type :
        List.of(
            "Patient", "ImagingStudy", "DiagnosticReport", "Observation", "Device", "Provenance")) {
      String next = base() + "/" + type + "?_count=20";
      while (next != null) {
        String json =
            given().urlEncodingEnabled(false).get(next).then().statusCode(200).extract().asString();
        // many observations alike: the first page is validated, the others are read
        if (seen.add(type)) {
          errors.addAll(validator.errors(json));
        }
        Bundle page = FHIR.newJsonParser().parseResource(Bundle.class, json);
        for (Bundle.BundleEntryComponent entry : page.getEntry()) {
          String read =
              given()
                  .get(entry.getFullUrl())
                  .then()
                  .statusCode(200)
                  .header("ETag", "W/\"" + entry.getResource().getMeta().getVersionId() + "\"")
                  .extract()
                  .asString();
          assertEquals(FHIR.newJsonParser().encodeResourceToString(entry.getResource()), read);
        }
        next =
            page.getLink(Bundle.LINK_NEXT) == null ? null : page.getLink(Bundle.LINK_NEXT).getUrl();
      }
    }
    for (String path :
        List.of(
            "/metadata",
            "/OperationDefinition/similar",
            "/OperationDefinition/classify",
            "/Patient/none")) {
      errors.addAll(validator.errors(given().get(base() + path).asString()));
    }
    String study = all(ImagingStudy.class).getFirst().getIdElement().getIdPart();
    errors.addAll(
        validator.errors(given().get(base() + "/ImagingStudy/" + study + "/$similar").asString()));
    errors.addAll(
        validator.errors(
            given()
                .get(base() + "/ImagingStudy/" + study + "/$classify?label=pneumonia&label=normal")
                .asString()));
    assertEquals(List.of(), errors);
    assertEquals(6, seen.size());
  }

  @Test
  void whatAReportRefersToComesAlong() {
    DiagnosticReport findings =
        all(DiagnosticReport.class).stream()
            .filter(r -> r.getIdElement().getIdPart().startsWith("findings-"))
            .findFirst()
            .orElseThrow();
    Bundle bundle =
        client
            .search()
            .byUrl(
                "DiagnosticReport?_id="
                    + findings.getIdElement().getIdPart()
                    + "&_include=DiagnosticReport:result&_include=DiagnosticReport:subject")
            .returnBundle(Bundle.class)
            .execute();
    assertEquals(1, bundle.getTotal(), "matches are counted, not what comes along");
    Set<String> included = new TreeSet<>();
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.getSearch().getMode() == Bundle.SearchEntryMode.INCLUDE) {
        Resource resource = entry.getResource();
        included.add(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
      }
    }
    Set<String> expected = new TreeSet<>(Set.of(findings.getSubject().getReference()));
    findings.getResult().forEach(r -> expected.add(r.getReference()));
    assertTrue(expected.size() > 2);
    assertEquals(expected, included);
  }

  @Test
  void studiesAreToldWithPatientSeriesAndInstances() {
    List<Patient> patients = all(Patient.class);
    assertEquals(STUDIES, patients.size());
    Patient patient = patients.getFirst();
    assertTrue(patient.getIdentifierFirstRep().hasValue());
    Bundle found =
        client
            .search()
            .forResource(ImagingStudy.class)
            .where(ImagingStudy.PATIENT.hasId(patient.getIdElement().getIdPart()))
            .returnBundle(Bundle.class)
            .execute();
    assertEquals(1, found.getTotal());
    ImagingStudy study = (ImagingStudy) found.getEntryFirstRep().getResource();
    Set<String> modalities = new HashSet<>();
    study.getModality().forEach(m -> modalities.add(m.getCode()));
    assertTrue(modalities.contains("ECG"), modalities::toString);
    assertEquals(2, study.getNumberOfSeries());
    assertEquals(2, study.getNumberOfInstances());
    String uid = study.getIdentifierFirstRep().getValue();
    assertTrue(uid.startsWith("urn:oid:"), uid);
    for (String query :
        List.of(
            "identifier=urn:dicom:uid|" + uid,
            "identifier=" + uid.substring(8),
            "modality=ECG&patient.identifier=" + patient.getIdentifierFirstRep().getValue(),
            "started=ge1900&_id=" + study.getIdElement().getIdPart(),
            "series=" + study.getSeriesFirstRep().getUid())) {
      Bundle again =
          client
              .search()
              .byUrl("ImagingStudy?" + query.replace("|", "%7C"))
              .returnBundle(Bundle.class)
              .execute();
      assertTrue(
          again.getEntry().stream()
              .anyMatch(
                  e ->
                      e.getResource()
                          .getIdElement()
                          .getIdPart()
                          .equals(study.getIdElement().getIdPart())),
          query);
    }
    Bundle none =
        client.search().byUrl("ImagingStudy?modality=CT").returnBundle(Bundle.class).execute();
    assertEquals(0, none.getTotal());
    Binary file = client.read().resource(Binary.class).withId(study(study).getFirst()).execute();
    assertEquals("application/dicom", file.getContentType());
    byte[] raw = given().get(base() + "/Binary/" + study(study).getFirst()).asByteArray();
    assertEquals("DICM", new String(raw, 128, 4, java.nio.charset.StandardCharsets.US_ASCII));
  }

  private List<String> study(ImagingStudy study) {
    return given()
        .get("/v1/studies/" + study.getIdElement().getIdPart())
        .jsonPath()
        .getList("instances.findAll { it.format == 'dicom' }.instance");
  }

  @Test
  void findingsAreAReportWithObservationsDeviceAndProvenance() {
    List<DiagnosticReport> reports = new ArrayList<>();
    all(DiagnosticReport.class).stream()
        .filter(r -> r.getStatus() == DiagnosticReport.DiagnosticReportStatus.PRELIMINARY)
        .forEach(reports::add);
    assertEquals(STUDIES, reports.size());
    DiagnosticReport report = reports.getFirst();
    assertTrue(report.getConclusion().contains("Not for clinical use"));
    assertEquals("text/html", report.getPresentedFormFirstRep().getContentType());
    assertEquals(25, report.getResult().size());
    Map<String, String> codes = new java.util.HashMap<>();
    for (Reference result : report.getResult()) {
      Observation o =
          client
              .read()
              .resource(Observation.class)
              .withUrl(base() + "/" + result.getReference())
              .execute();
      double presence = o.getComponentFirstRep().getValueQuantity().getValue().doubleValue();
      assertTrue(presence >= 0 && presence <= 1);
      assertEquals(Observation.ObservationStatus.PRELIMINARY, o.getStatus());
      assertTrue(o.getNoteFirstRep().getText().contains("Not for clinical use"));
      assertEquals(report.getSubject().getReference(), o.getSubject().getReference());
      assertEquals(2, o.getDerivedFrom().size());
      ImagingStudy evidence = (ImagingStudy) o.getContained().getFirst();
      assertEquals(1, evidence.getSeriesFirstRep().getInstance().size());
      o.getCode().getCoding().forEach(c -> codes.put(c.getSystem() + "|" + c.getCode(), o.getId()));
    }
    assertTrue(codes.containsKey("http://snomed.info/sct|60046008"), codes.keySet()::toString);
    Device device =
        client
            .read()
            .resource(Device.class)
            .withUrl(
                base()
                    + "/"
                    + client
                        .read()
                        .resource(Observation.class)
                        .withUrl(base() + "/" + report.getResultFirstRep().getReference())
                        .execute()
                        .getDevice()
                        .getReference())
            .execute();
    String digest = given().get("/v2/models/precordia-more").asString();
    assertEquals(64, device.getIdentifierFirstRep().getValue().length());
    assertNotNull(digest);
    Bundle provenance =
        client
            .search()
            .forResource(Provenance.class)
            .where(Provenance.TARGET.hasId("DiagnosticReport/" + report.getIdElement().getIdPart()))
            .returnBundle(Bundle.class)
            .execute();
    Provenance p = (Provenance) provenance.getEntryFirstRep().getResource();
    assertEquals(26, p.getTarget().size());
    assertEquals(2, p.getEntity().size());
    assertEquals(
        "Device/" + device.getIdElement().getIdPart(),
        p.getAgentFirstRep().getWho().getReference());
  }

  @Test
  void theCapabilityStatementSaysWhatAnswers() {
    CapabilityStatement statement =
        client.capabilities().ofType(CapabilityStatement.class).execute();
    Set<String> types = new TreeSet<>();
    for (CapabilityStatement.CapabilityStatementRestResourceComponent resource :
        statement.getRestFirstRep().getResource()) {
      String type = resource.getType();
      types.add(type);
      Set<String> codes = new HashSet<>();
      resource.getInteraction().forEach(i -> codes.add(i.getCode().toCode()));
      int searched = given().get(base() + "/" + type).statusCode();
      assertEquals(
          codes.contains("search-type") ? 200 : type.equals("Binary") ? 405 : 404, searched, type);
      int created =
          given()
              .contentType("application/fhir+json")
              .body("{\"resourceType\":\"" + type + "\"}")
              .post(base() + "/" + type)
              .statusCode();
      assertEquals(
          codes.contains("create") ? 400 : type.equals("OperationDefinition") ? 404 : 405,
          created,
          type);
      assertFalse(codes.contains("update") || codes.contains("delete") || codes.contains("patch"));
      assertEquals(405, given().delete(base() + "/" + type + "/x").statusCode());
      assertEquals(
          405,
          given()
              .contentType("application/fhir+json")
              .body("{}")
              .put(base() + "/" + type + "/x")
              .statusCode());
      resource
          .getSearchParam()
          .forEach(
              p ->
                  given()
                      .header("Prefer", "handling=strict")
                      .queryParam(p.getName(), p.getType().toCode().equals("date") ? "2020" : "x")
                      .get(base() + "/" + type)
                      .then()
                      .statusCode(200));
      resource
          .getOperation()
          .forEach(
              o ->
                  assertEquals(
                      "$" + o.getName(),
                      client
                          .read()
                          .resource(OperationDefinition.class)
                          .withUrl(o.getDefinition())
                          .execute()
                          .getTitle()));
    }
    assertEquals(
        Set.of(
            "Patient",
            "ImagingStudy",
            "DiagnosticReport",
            "Observation",
            "Device",
            "Provenance",
            "Binary",
            "OperationDefinition"),
        types);
    assertEquals(404, given().get(base() + "/Condition").statusCode());
  }

  @Test
  void xmlIsTheSameResource() {
    client.setEncoding(EncodingEnum.XML);
    Patient xml =
        (Patient)
            client
                .search()
                .forResource(Patient.class)
                .returnBundle(Bundle.class)
                .execute()
                .getEntryFirstRep()
                .getResource();
    client.setEncoding(EncodingEnum.JSON);
    Patient json =
        client.read().resource(Patient.class).withId(xml.getIdElement().getIdPart()).execute();
    assertEquals(
        FHIR.newJsonParser().encodeResourceToString(json),
        FHIR.newJsonParser().encodeResourceToString(xml));
    assertThrows(
        ResourceNotFoundException.class,
        () -> client.read().resource(Patient.class).withId("none").execute());
  }

  @Test
  void readsAreConditionalAndOfTheCurrentVersion() {
    Patient patient = all(Patient.class).getFirst();
    String url = base() + "/Patient/" + patient.getIdElement().getIdPart();
    String version = patient.getMeta().getVersionId();
    given().header("If-None-Match", "W/\"" + version + "\"").get(url).then().statusCode(304);
    String modified = given().get(url).header("Last-Modified");
    given().header("If-Modified-Since", modified).get(url).then().statusCode(304);
    given().get(url + "/_history/" + version).then().statusCode(200);
    given().get(url + "/_history/0").then().statusCode(404);
    given().get(url + "/unknown/deeper/path").then().statusCode(404);
  }

  @Test
  void similarRanksOtherStudiesAndClassifyGivesProbabilities() {
    ImagingStudy study = all(ImagingStudy.class).getFirst();
    Bundle similar =
        client
            .operation()
            .onInstance(study.getIdElement().toUnqualifiedVersionless())
            .named("$similar")
            .withParameter(Parameters.class, "count", new org.hl7.fhir.r4.model.IntegerType(3))
            .returnResourceType(Bundle.class)
            .execute();
    assertFalse(similar.getEntry().isEmpty());
    assertTrue(
        similar.getEntry().stream()
            .noneMatch(
                e ->
                    e.getResource()
                        .getIdElement()
                        .getIdPart()
                        .equals(study.getIdElement().getIdPart())));
    Bundle words =
        client
            .operation()
            .onType(ImagingStudy.class)
            .named("$similar")
            .withParameter(Parameters.class, "text", new StringType("pleural effusion"))
            .andParameter("modality", new org.hl7.fhir.r4.model.CodeType("xray"))
            .returnResourceType(Bundle.class)
            .execute();
    assertEquals(STUDIES, words.getEntry().size());
    double last = 2;
    for (Bundle.BundleEntryComponent entry : words.getEntry()) {
      double score = entry.getSearch().getScore().doubleValue();
      assertTrue(score <= last);
      last = score;
    }
    Parameters classes =
        client
            .operation()
            .onInstance(study.getIdElement().toUnqualifiedVersionless())
            .named("$classify")
            .withParameter(Parameters.class, "label", new StringType("atrial fibrillation"))
            .andParameter("label", new StringType("sinus rhythm"))
            .execute();
    assertEquals(2, classes.getParameter().size());
    for (Parameters.ParametersParameterComponent result : classes.getParameter()) {
      double sum =
          result.getPart().stream()
              .filter(p -> p.getName().equals("label"))
              .flatMap(p -> p.getPart().stream())
              .filter(p -> p.getName().equals("probability"))
              .mapToDouble(
                  p -> ((org.hl7.fhir.r4.model.DecimalType) p.getValue()).getValue().doubleValue())
              .sum();
      assertEquals(1, sum, 1e-4);
    }
    given().get(base() + "/ImagingStudy/$classify?label=a&label=b").then().statusCode(400);
    given().get(base() + "/ImagingStudy/$nothing").then().statusCode(404);
  }
}
