package io.precordia.fhir;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports in by FHIR, sent by HAPI's own client. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class FhirReportsTest {
  private static final FhirContext FHIR = FhirContext.forR4();
  private IGenericClient client;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
    FHIR.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    FHIR.getRestfulClientFactory().setSocketTimeout(120_000);
    client = FHIR.newRestfulGenericClient(base());
  }

  private static String base() {
    return "http://127.0.0.1:" + RestAssured.port + "/fhir";
  }

  static DiagnosticReport report(String mrn, String number, String conclusion) {
    DiagnosticReport report = new DiagnosticReport();
    report.setStatus(DiagnosticReportStatus.FINAL);
    report.setCode(new CodeableConcept().setText("Chest radiograph report"));
    report.addIdentifier().setSystem("urn:test:reports").setValue(number);
    report.getSubject().getIdentifier().setSystem("urn:oid:1.2.3.4").setValue(mrn);
    report.setEffective(new DateTimeType("2026-03-04"));
    report.setConclusion(conclusion);
    return report;
  }

  @Test
  void aCreatedReportIsReadSearchedAndFoundByItsWords() {
    DiagnosticReport sent = report("F-1", "R-1", "Tension pneumothorax on the left, case one.");
    sent.addExtension(new Extension("urn:test:unknown", new StringType("kept unread")));
    MethodOutcome created = client.create().resource(sent).execute();
    assertTrue(created.getCreated());
    String id = created.getId().getIdPart();
    DiagnosticReport read = client.read().resource(DiagnosticReport.class).withId(id).execute();
    assertEquals(sent.getConclusion(), read.getConclusion());
    assertEquals("R-1", read.getIdentifierFirstRep().getValue());
    assertEquals(
        "kept unread", read.getExtensionByUrl("urn:test:unknown").getValue().primitiveValue());
    assertEquals(created.getId().getVersionIdPart(), read.getMeta().getVersionId());
    assertEquals(
        List.of(),
        new OfflineValidator(FHIR).errors(FHIR.newJsonParser().encodeResourceToString(read)));
    Patient patient =
        client
            .read()
            .resource(Patient.class)
            .withUrl(base() + "/" + read.getSubject().getReference())
            .execute();
    assertEquals("F-1", patient.getIdentifierFirstRep().getValue());
    assertEquals("urn:oid:1.2.3.4", patient.getIdentifierFirstRep().getSystem());
    for (String query :
        List.of(
            "identifier=urn:test:reports%7CR-1",
            "patient=" + patient.getIdElement().getIdPart(),
            "subject=Patient/" + patient.getIdElement().getIdPart() + "&status=final",
            "patient.identifier=F-1&date=2026-03",
            "patient.identifier=urn:oid:1.2.3.4%7CF-1",
            "_id=" + id + "&_lastUpdated=ge2000")) {
      Bundle found =
          client.search().byUrl("DiagnosticReport?" + query).returnBundle(Bundle.class).execute();
      assertEquals(1, found.getTotal(), query);
      assertEquals(id, found.getEntryFirstRep().getResource().getIdElement().getIdPart());
    }
    given()
        .contentType("application/json")
        .body("{\"text\":\"Tension pneumothorax on the left, case one.\",\"k\":1}")
        .post("/v1/search")
        .then()
        .body("hits[0].instance", equalTo(id));
  }

  @Test
  void theSameReportTwiceIsKeptOnce() {
    DiagnosticReport sent = report("F-2", "R-2", "Left lower lobe consolidation, case two.");
    String first = client.create().resource(sent).execute().getId().getIdPart();
    given()
        .contentType("application/fhir+json")
        .header("Prefer", "return=OperationOutcome")
        .body(FHIR.newJsonParser().encodeResourceToString(sent))
        .post(base() + "/DiagnosticReport")
        .then()
        .statusCode(200)
        .header("Location", startsWith(base() + "/DiagnosticReport/" + first))
        .body("resourceType", equalTo("OperationOutcome"));
  }

  @Test
  void conditionalCreateAddsWhereNothingIsAndRefusesWhereSeveralAre() {
    String condition = "DiagnosticReport?identifier=urn:test:reports|R-3";
    DiagnosticReport one = report("F-3", "R-3", "Cardiomegaly, first wording.");
    DiagnosticReport other = report("F-3", "R-3", "Cardiomegaly, second wording.");
    MethodOutcome first = client.create().resource(one).conditionalByUrl(condition).execute();
    assertTrue(first.getCreated());
    MethodOutcome again = client.create().resource(other).conditionalByUrl(condition).execute();
    assertEquals(first.getId().getIdPart(), again.getId().getIdPart());
    // the same number of another patient is another report
    client.create().resource(report("F-3b", "R-3", "Cardiomegaly, of somebody else.")).execute();
    assertThrows(
        PreconditionFailedException.class,
        () -> client.create().resource(one).conditionalByUrl(condition).execute());
  }

  private List<String> found(String query) {
    List<String> ids = new ArrayList<>();
    client
        .search()
        .byUrl("DiagnosticReport?" + query)
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .forEach(e -> ids.add(e.getResource().getIdElement().getIdPart()));
    return ids;
  }

  private String create(DiagnosticReport report) {
    return client.create().resource(report).execute().getId().getIdPart();
  }

  @Test
  void anAmendedReportTakesThePlaceOfTheEarlierOne() {
    String query = "identifier=urn:test:reports%7CA-1";
    DiagnosticReport report = report("AM-1", "A-1", "Amendment test: no acute finding.");
    String first = create(report.copy().setStatus(DiagnosticReportStatus.PRELIMINARY));
    assertEquals(List.of(first), found(query));
    String second = create(report);
    assertEquals(List.of(second), found(query));
    DiagnosticReport amended = report.copy().setStatus(DiagnosticReportStatus.AMENDED);
    amended.setConclusion("Amendment test: apical pneumothorax after all.");
    String third = create(amended);
    assertEquals(List.of(third), found(query));
    assertEquals(List.of(third), found("patient.identifier=AM-1"));
    DiagnosticReport late = report.copy().setStatus(DiagnosticReportStatus.PRELIMINARY);
    late.setConclusion("Amendment test: a preliminary word that comes late.");
    String fourth = create(late);
    assertEquals(List.of(third), found(query));
    for (String gone : List.of(first, second, fourth)) {
      DiagnosticReport read = client.read().resource(DiagnosticReport.class).withId(gone).execute();
      assertEquals("superseded", read.getMeta().getTagFirstRep().getCode());
      given().get("/v1/instances/" + gone).then().body("status", equalTo("flagged"));
    }
    given().get("/v1/instances/" + third).then().body("status", equalTo("stored"));
    // of another patient with the same number, nothing changes
    String other = create(report("AM-2", "A-1", "Amendment test: somebody else's report."));
    assertEquals(List.of(third, other), found(query));
    DiagnosticReport cancelled = report.copy().setStatus(DiagnosticReportStatus.CANCELLED);
    create(cancelled);
    assertEquals(List.of(other), found(query));
  }

  @Test
  void reportsAreSortedByDateAndPaged() {
    List<String> ids = new ArrayList<>();
    for (String date : List.of("2026-02-03", "2026-01-01", "2026-03-09", "2025-12-24")) {
      DiagnosticReport report = report("SORT-1", "S-" + date, "Sorted by its date, " + date);
      ids.add(create(report.setEffective(new DateTimeType(date))));
    }
    List<String> ascending = List.of(ids.get(3), ids.get(1), ids.get(0), ids.get(2));
    assertEquals(ascending, found("patient.identifier=SORT-1&_sort=date"));
    assertEquals(ascending.reversed(), found("patient.identifier=SORT-1&_sort=-date"));
    List<String> paged = new ArrayList<>();
    Bundle page =
        client
            .search()
            .byUrl("DiagnosticReport?patient.identifier=SORT-1&_sort=-date&_count=3")
            .returnBundle(Bundle.class)
            .execute();
    assertEquals(4, page.getTotal());
    page.getEntry().forEach(e -> paged.add(e.getResource().getIdElement().getIdPart()));
    page = client.loadPage().next(page).execute();
    page.getEntry().forEach(e -> paged.add(e.getResource().getIdElement().getIdPart()));
    assertEquals(ascending.reversed(), paged);
    Bundle counted =
        client
            .search()
            .byUrl("DiagnosticReport?patient.identifier=SORT-1&_count=0")
            .returnBundle(Bundle.class)
            .execute();
    assertEquals(4, counted.getTotal());
    assertEquals(0, counted.getEntry().size());
    for (String bad : List.of("_sort=status", "_include=Patient:link", "_include=*")) {
      given().get(base() + "/DiagnosticReport?" + bad).then().statusCode(400);
    }
  }

  @Test
  void htmlAndXmlAreTaken() {
    client.setEncoding(EncodingEnum.XML);
    DiagnosticReport sent = report("F-4", "R-4", null);
    sent.addPresentedForm()
        .setContentType("text/html")
        .setData(
            "<html><head><title>x</title></head><body><p>Small apical pneumothorax &amp; effusion, case four.</p></body></html>"
                .getBytes(StandardCharsets.UTF_8));
    String id = client.create().resource(sent).execute().getId().getIdPart();
    given()
        .get("/v1/instances/" + id + "/report")
        .then()
        .statusCode(200)
        .body(equalTo("Small apical pneumothorax & effusion, case four."));
  }

  private static Bundle.BundleEntryComponent entry(Bundle bundle, String urn, Resource resource) {
    Bundle.BundleEntryComponent entry = bundle.addEntry();
    entry.setFullUrl(urn).setResource(resource);
    entry.getRequest().setMethod(Bundle.HTTPVerb.POST).setUrl(resource.fhirType());
    return entry;
  }

  private static Bundle multimediaReport(String mrn, String conclusion) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.TRANSACTION);
    Patient patient = new Patient();
    patient.addIdentifier().setSystem("urn:oid:1.2.3.4").setValue(mrn);
    patient.setGender(AdministrativeGender.FEMALE);
    patient.setBirthDateElement(new org.hl7.fhir.r4.model.DateType("1960-03-05"));
    ImagingStudy study = new ImagingStudy();
    study.setStatus(ImagingStudy.ImagingStudyStatus.AVAILABLE);
    study.setSubject(new Reference("urn:uuid:00000000-0000-4000-8000-000000000001"));
    study.addIdentifier().setSystem("urn:dicom:uid").setValue("urn:oid:1.2.3.99." + mrn.length());
    Organization organization = new Organization();
    organization.setName("Test hospital");
    // two observations that refer to each other: a cycle
    Observation a = observation("urn:uuid:00000000-0000-4000-8000-000000000005");
    Observation b = observation("urn:uuid:00000000-0000-4000-8000-000000000004");
    DiagnosticReport report = report("unused", mrn + "-R", conclusion);
    report.setSubject(new Reference("urn:uuid:00000000-0000-4000-8000-000000000001"));
    report.addImagingStudy(new Reference("urn:uuid:00000000-0000-4000-8000-000000000002"));
    report.addPerformer(new Reference("urn:uuid:00000000-0000-4000-8000-000000000003"));
    report.addResult(new Reference("urn:uuid:00000000-0000-4000-8000-000000000004"));
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000006", report);
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000001", patient);
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000002", study);
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000003", organization);
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000004", a);
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000005", b);
    return bundle;
  }

  private static Observation observation(String member) {
    Observation o = new Observation();
    o.setStatus(Observation.ObservationStatus.FINAL);
    o.setCode(new CodeableConcept().setText("Finding"));
    o.setSubject(new Reference("urn:uuid:00000000-0000-4000-8000-000000000001"));
    o.addHasMember(new Reference(member));
    return o;
  }

  @Test
  void aTransactionKeepsTheReportWithAllThatItRefersTo() {
    Bundle answer =
        client
            .transaction()
            .withBundle(multimediaReport("T-1", "Right pleural effusion, by transaction."))
            .execute();
    assertEquals(6, answer.getEntry().size());
    assertEquals("201", answer.getEntryFirstRep().getResponse().getStatus());
    DiagnosticReport read =
        client
            .read()
            .resource(DiagnosticReport.class)
            .withUrl(answer.getEntryFirstRep().getResponse().getLocation())
            .execute();
    assertTrue(read.getSubject().getReference().startsWith("Patient/"));
    assertEquals(4, read.getContained().size());
    assertEquals(
        List.of(),
        new OfflineValidator(FHIR).errors(FHIR.newJsonParser().encodeResourceToString(read)));
    Patient patient =
        client
            .read()
            .resource(Patient.class)
            .withUrl(answer.getEntry().get(1).getResponse().getLocation())
            .execute();
    assertEquals("T-1", patient.getIdentifierFirstRep().getValue());
    assertEquals(AdministrativeGender.FEMALE, patient.getGender());
    given()
        .get("/v1/instances/" + read.getIdElement().getIdPart())
        .then()
        .body("age", equalTo(65))
        .body("sex", equalTo("F"));
  }

  private int reports() {
    return client
        .search()
        .byUrl("DiagnosticReport?_summary=count")
        .returnBundle(Bundle.class)
        .execute()
        .getTotal();
  }

  @Test
  void aTransactionWithOneBadEntryKeepsNothing() {
    int before = reports();
    Bundle bundle = multimediaReport("T-2", "Nothing of this may be kept.");
    DiagnosticReport bad = report("T-2", "bad", "Bad entry.");
    bad.addModifierExtension(new Extension("urn:test:negated", new StringType("x")));
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000009", bad);
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class, () -> client.transaction().withBundle(bundle).execute());
    assertTrue(refused.getMessage().contains("entry 7"), refused.getMessage());
    bundle.getEntry().removeLast();
    entry(bundle, "urn:uuid:00000000-0000-4000-8000-000000000010", observation("Observation/x"));
    assertThrows(
        InvalidRequestException.class, () -> client.transaction().withBundle(bundle).execute());
    bundle.getEntry().removeLast();
    bundle.addEntry().getRequest().setMethod(Bundle.HTTPVerb.GET).setUrl("Patient/none");
    assertThrows(
        ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException.class,
        () -> client.transaction().withBundle(bundle).execute());
    assertEquals(before, reports());
  }

  @Test
  void aBatchAnswersEachEntryForItself() {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.BATCH);
    entry(bundle, null, report("B-1", "B-1", "Clear lungs, by batch."));
    entry(bundle, null, new Patient());
    bundle.addEntry().getRequest().setMethod(Bundle.HTTPVerb.GET).setUrl("Patient?_count=1");
    bundle.addEntry().getRequest().setMethod(Bundle.HTTPVerb.GET).setUrl("Patient/none");
    bundle.addEntry().getRequest().setMethod(Bundle.HTTPVerb.DELETE).setUrl("Patient/none");
    Bundle answer = client.transaction().withBundle(bundle).execute();
    List<String> statuses = new ArrayList<>();
    answer.getEntry().forEach(e -> statuses.add(e.getResponse().getStatus()));
    assertEquals(List.of("201", "405", "200", "404", "405"), statuses);
    assertEquals(
        OperationOutcome.IssueType.NOTFOUND,
        ((OperationOutcome) answer.getEntry().get(3).getResponse().getOutcome())
            .getIssueFirstRep()
            .getCode());
  }

  @Test
  void pagesAreFollowedWithoutLossOrRepetition() {
    for (int i = 0; i < 5; i++) {
      client.create().resource(report("PAGED-1", "P-" + i, "Paged report number " + i)).execute();
    }
    List<String> ids = new ArrayList<>();
    Bundle page =
        client
            .search()
            .byUrl("DiagnosticReport?patient.identifier=PAGED-1&_count=2")
            .returnBundle(Bundle.class)
            .execute();
    int pages = 1;
    while (true) {
      page.getEntry().forEach(e -> ids.add(e.getResource().getIdElement().getIdPart()));
      if (page.getLink(Bundle.LINK_NEXT) == null) {
        break;
      }
      page = client.loadPage().next(page).execute();
      pages++;
    }
    assertEquals(5, ids.size());
    assertEquals(5, ids.stream().distinct().count());
    assertEquals(3, pages);
  }

  @Test
  void publicReportsGetTheVerdictOfTheTable() throws IOException {
    Path folder = Path.of("..", "shared", "data", "ehr", "fhir");
    assumeTrue(Files.isDirectory(folder), "needs ../shared/data/ehr/fhir");
    String table;
    try (InputStream in =
        FhirReportsTest.class.getResourceAsStream("/io/precordia/report/ehr-verdicts.csv")) {
      assertFalse(in == null);
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int reports = 0;
    for (String line : table.lines().filter(l -> l.startsWith("fhir/")).toList()) {
      String[] cells = line.split(",");
      byte[] body = Files.readAllBytes(folder.getParent().resolve(cells[0]));
      var answer =
          given()
              .contentType("application/fhir+json")
              .header("Prefer", "return=OperationOutcome")
              .body(body)
              .post(base() + "/DiagnosticReport")
              .then();
      if (cells[2].equals("UNSUPPORTED_FORMAT")) {
        answer.statusCode(400);
      } else {
        reports++;
        answer.statusCode(201);
        if (cells[2].equals("NO_TEXT")) {
          answer.body("issue.details.coding.flatten().code", hasItem("no-text"));
        } else {
          answer.body("issue.severity", equalTo(List.of("information")));
        }
        given().get(answer.extract().header("Location")).then().statusCode(200);
      }
    }
    assertEquals(6, reports);
  }
}
