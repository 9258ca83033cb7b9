package io.precordia.fhir;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ca.uhn.fhir.context.FhirContext;
import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where much is kept, a search names a patient, an id or an identifier, or is refused. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
@QuarkusTestResource(value = SmallScanService.class, restrictToAnnotatedClass = true)
class FhirCostTest {
  private static final FhirContext FHIR = FhirContext.forR4();

  private static String base() {
    return "http://127.0.0.1:" + RestAssured.port + "/fhir";
  }

  @Test
  void aSearchThatWouldLookAtEverythingIsTooCostly() throws InterruptedException {
    ServiceUnderTest.awaitReady();
    for (int i = 0; i < 4; i++) {
      given()
          .contentType("application/fhir+json")
          .body(
              FHIR.newJsonParser()
                  .encodeResourceToString(
                      FhirReportsTest.report("COST-" + i, "C-" + i, "Costly report number " + i)))
          .post(base() + "/DiagnosticReport")
          .then()
          .statusCode(201);
    }
    for (String costly :
        List.of(
            "DiagnosticReport?status=final",
            "DiagnosticReport?_summary=count",
            "DiagnosticReport?_sort=date",
            "DiagnosticReport?patient.identifier=COST-1",
            "Patient?gender=female",
            "Patient?identifier=COST-1",
            "ImagingStudy?modality=CR")) {
      given()
          .get(base() + "/" + costly)
          .then()
          .statusCode(400)
          .body("issue[0].code", equalTo("too-costly"))
          .body("issue.details.coding.flatten().code", hasItem("too-costly"));
    }
    for (String narrow :
        List.of(
            "DiagnosticReport?identifier=urn:test:reports%7CC-1&status=final",
            "DiagnosticReport?identifier=C-1",
            "DiagnosticReport?patient.identifier=urn:oid:1.2.3.4%7CCOST-1&_sort=date",
            "Patient?identifier=urn:oid:1.2.3.4%7CCOST-1")) {
      given()
          .urlEncodingEnabled(false)
          .get(base() + "/" + narrow)
          .then()
          .statusCode(200)
          .body("total", equalTo(1));
    }
    for (String none :
        List.of("ImagingStudy?identifier=1.2.3", "DiagnosticReport?identifier=C-9")) {
      given().get(base() + "/" + none).then().statusCode(200).body("total", equalTo(0));
    }
    int pages = 0;
    String next = base() + "/DiagnosticReport?_count=3";
    while (next != null && pages < 5) { // plain listing goes on in the order of storing
      next =
          given()
              .urlEncodingEnabled(false)
              .get(next)
              .then()
              .statusCode(200)
              .extract()
              .path("link.find { it.relation == 'next' }?.url");
      pages++;
    }
    assertEquals(2, pages);
  }
}
