package io.precordia.fhir;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is no valid request is answered by an OperationOutcome that quotes none of it. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class FhirBadInputTest {
  private static final String SECRET = "Zebedeus";
  private static final String HEAD =
      "{\"resourceType\":\"DiagnosticReport\",\"status\":\"final\",\"code\":{\"text\":\"x\"},";

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static ValidatableResponse post(String body) {
    return post(
        "/fhir/DiagnosticReport", "application/fhir+json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static ValidatableResponse post(String path, String type, byte[] body) {
    return given().contentType(type).body(body).post(path).then();
  }

  private static void refused(int status, String name, ValidatableResponse answer) {
    String body = answer.extract().asString();
    assertEquals(status, answer.extract().statusCode(), name + ": " + body);
    answer
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].severity", equalTo("error"))
        .body(not(containsString(SECRET)));
  }

  @Test
  void malformedResourcesAreRefused() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("no JSON", "Zebedeus");
    bodies.put("empty", "");
    bodies.put("array", "[]");
    bodies.put("cut off", HEAD + "\"conclusion\":\"Zebedeus");
    bodies.put("trailing", HEAD + "\"conclusion\":\"x\"} Zebedeus");
    bodies.put("two keys", HEAD + "\"conclusion\":\"Zebedeus\",\"conclusion\":\"other\"}");
    bodies.put("unknown element", HEAD + "\"born 1970 Zebedeus\":1}");
    bodies.put("unknown type", "{\"resourceType\":\"Zebedeus\"}");
    bodies.put("no type", "{\"status\":\"final\"}");
    bodies.put("wrong type", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Zebedeus\"}]}");
    bodies.put("wrong JSON type", HEAD + "\"conclusion\":{\"a\":\"Zebedeus\"}}");
    bodies.put("list for one", HEAD + "\"conclusion\":[\"Zebedeus\",\"b\"]}");
    bodies.put("bad status", HEAD.replace("final", "Zebedeus") + "\"conclusion\":\"x\"}");
    bodies.put("bad date", HEAD + "\"issued\":\"Zebedeus\"}");
    bodies.put("no status", "{\"resourceType\":\"DiagnosticReport\",\"code\":{\"text\":\"x\"}}");
    bodies.put(
        "modifier",
        HEAD + "\"modifierExtension\":[{\"url\":\"urn:x\",\"valueString\":\"Zebedeus\"}]}");
    bodies.put(
        "modifier deep within",
        HEAD
            + "\"contained\":[{\"resourceType\":\"Observation\",\"id\":\"o\",\"modifierExtension\":[{\"url\":\"urn:x\",\"valueString\":\"Zebedeus\"}],"
            + "\"status\":\"final\",\"code\":{\"text\":\"x\"}}],\"result\":[{\"reference\":\"#o\"}],\"conclusion\":\"x\"}");
    bodies.put("implicit rules", HEAD + "\"implicitRules\":\"urn:Zebedeus\",\"conclusion\":\"x\"}");
    bodies.put(
        "entered in error",
        HEAD.replace("final", "entered-in-error") + "\"conclusion\":\"Zebedeus\"}");
    bodies.put(
        "missing contained",
        HEAD + "\"subject\":{\"reference\":\"#Zebedeus\"},\"conclusion\":\"x\"}");
    bodies.put(
        "base64",
        HEAD + "\"presentedForm\":[{\"contentType\":\"text/plain\",\"data\":\"*Zebedeus*\"}]}");
    bodies.put("huge number", HEAD + "\"presentedForm\":[{\"size\":1e999999999}]}");
    bodies.put("negative size", HEAD + "\"presentedForm\":[{\"size\":-5}]}");
    bodies.put("NUL", HEAD + "\"conclusion\":\"\u0000Zebedeus\"}");
    bodies.put("bundle", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}");
    bodies.forEach((name, body) -> refused(400, name, post(body)));
  }

  @Test
  void deepAndLargeBodiesAreRefusedAsTooLarge() {
    refused(413, "deep", post("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)));
    StringBuilder extensions = new StringBuilder("\"extension\":[");
    extensions.append("{\"url\":\"urn:x\",\"extension\":[".repeat(200));
    extensions
        .append("{\"url\":\"urn:x\",\"valueString\":\"x\"}")
        .append("]}".repeat(200))
        .append("]");
    refused(413, "deep extensions", post(HEAD + extensions + "}"));
    refused(
        413,
        "many elements",
        post(HEAD + "\"category\":[" + "{\"text\":\"a\"},".repeat(60_000) + "{\"text\":\"a\"}]}"));
    refused(
        413,
        "longer than a request may be",
        post(HEAD + "\"conclusion\":\"" + "x".repeat(5 << 20) + "\"}"));
  }

  @Test
  void xmlWithEntitiesIsRefused() {
    String bomb =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<DiagnosticReport xmlns=\"http://hl7.org/fhir\"><status value=\"final\"/><code><text value=\"&x;\"/></code></DiagnosticReport>";
    refused(
        400,
        "entity",
        post(
            "/fhir/DiagnosticReport",
            "application/fhir+xml",
            bomb.getBytes(StandardCharsets.UTF_8)));
    refused(
        400,
        "no XML",
        post(
            "/fhir/DiagnosticReport",
            "application/fhir+xml",
            SECRET.getBytes(StandardCharsets.UTF_8)));
    refused(
        400,
        "not UTF-8",
        post(
            "/fhir/DiagnosticReport",
            "application/fhir+json",
            (HEAD + "\"conclusion\":\"\u00fc\"}").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void addressesMethodsAndTypesThatAreNotServedAreNamed() {
    refused(
        415,
        "type",
        post("/fhir/DiagnosticReport", "text/plain", SECRET.getBytes(StandardCharsets.UTF_8)));
    refused(
        415,
        "version",
        post(
            "/fhir/DiagnosticReport",
            "application/fhir+json; fhirVersion=3.0",
            "{}".getBytes(StandardCharsets.UTF_8)));
    refused(404, "address", given().get("/fhir/a/b/c/d/e").then());
    refused(404, "root", given().get("/fhir").then());
    refused(
        405,
        "create",
        post(
            "/fhir/Patient",
            "application/fhir+json",
            "{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_8)));
    given()
        .accept("image/png")
        .get("/fhir/metadata")
        .then()
        .statusCode(406)
        .body("resourceType", equalTo("OperationOutcome"));
    given().get("/fhir/metadata?_format=turtle").then().statusCode(406);
    given()
        .accept("application/fhir+xml")
        .get("/fhir/Patient/none")
        .then()
        .statusCode(404)
        .contentType("application/fhir+xml");
    refused(
        400,
        "bundle type",
        post(
            "/fhir",
            "application/fhir+json",
            "{\"resourceType\":\"Bundle\",\"type\":\"document\"}"
                .getBytes(StandardCharsets.UTF_8)));
    refused(
        400,
        "no bundle",
        post(
            "/fhir",
            "application/fhir+json",
            "{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void searchesThatAreNotUnderstoodAreRefusedOrSaidToBeIgnored() {
    refused(400, "modifier", given().get("/fhir/Patient?identifier:exact=Zebedeus").then());
    refused(400, "date", given().get("/fhir/DiagnosticReport?date=Zebedeus").then());
    refused(400, "count", given().get("/fhir/Patient?_count=Zebedeus").then());
    refused(400, "page", given().get("/fhir/Patient?_page=Zebedeus").then());
    refused(
        400,
        "strict",
        given().header("Prefer", "handling=strict").get("/fhir/Patient?favourite=Zebedeus").then());
    given()
        .get("/fhir/Patient?favourite=Zebedeus")
        .then()
        .statusCode(200)
        .body(
            "entry.find { it.search.mode == 'outcome' }.resource.issue[0].code",
            equalTo("not-supported"))
        .body(not(containsString(SECRET)));
    given()
        .contentType("application/x-www-form-urlencoded")
        .formParam("identifier", SECRET)
        .post("/fhir/Patient/_search")
        .then()
        .statusCode(200)
        .body("total", equalTo(0));
  }

  @Test
  void bundlesThatAreCyclicOrIncompleteAreRefused() {
    String report =
        "{\"resourceType\":\"DiagnosticReport\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"conclusion\":\"Zebedeus\",\"result\":[{\"reference\":\"urn:uuid:1\"}]}";
    String request = "\"request\":{\"method\":\"POST\",\"url\":\"DiagnosticReport\"}";
    String bundle = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[";
    refused(400, "dangling", root(bundle + "{\"resource\":" + report + "," + request + "}]}"));
    refused(
        400,
        "reports of each other",
        root(
            bundle
                + "{\"fullUrl\":\"urn:uuid:1\",\"resource\":"
                + report.replace("urn:uuid:1", "urn:uuid:2")
                + ","
                + request
                + "},"
                + "{\"fullUrl\":\"urn:uuid:2\",\"resource\":"
                + report
                + ","
                + request
                + "}]}"));
    refused(
        400,
        "same fullUrl",
        root(
            bundle
                + "{\"fullUrl\":\"urn:uuid:1\",\"resource\":"
                + report
                + ","
                + request
                + "},"
                + "{\"fullUrl\":\"urn:uuid:1\",\"resource\":"
                + report
                + ","
                + request
                + "}]}"));
    refused(400, "no request", root(bundle + "{\"resource\":" + report + "}]}"));
    refused(
        400,
        "bundle within",
        root(
            bundle
                + "{\"resource\":{\"resourceType\":\"Bundle\",\"type\":\"batch\"},\"request\":{\"method\":\"POST\",\"url\":\"Bundle\"}}]}"));
    refused(
        405,
        "delete",
        root(bundle + "{\"request\":{\"method\":\"DELETE\",\"url\":\"DiagnosticReport/x\"}}]}"));
  }

  @Test
  void containedResourcesThatReferToEachOtherAreKept() {
    String observation =
        "{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"hasMember\":[{\"reference\":\"#%s\"}]}";
    String id =
        post(HEAD
                + "\"conclusion\":\"Cyclic but harmless.\",\"contained\":["
                + observation.formatted("a", "b")
                + ","
                + observation.formatted("b", "a")
                + "],\"result\":[{\"reference\":\"#a\"}]}")
            .statusCode(201)
            .extract()
            .path("id");
    given()
        .get("/fhir/DiagnosticReport/" + id)
        .then()
        .statusCode(200)
        .body("contained.size()", equalTo(2));
  }

  private static ValidatableResponse root(String body) {
    return post("/fhir", "application/fhir+json", body.getBytes(StandardCharsets.UTF_8));
  }
}
