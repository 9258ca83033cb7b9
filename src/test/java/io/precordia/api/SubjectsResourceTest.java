package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subjects, their merges, and the links of their studies, by REST. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class SubjectsResourceTest {
  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static String report(String text, String subject, String study, String date) {
    return given()
        .multiPart("file", "r.txt", text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .multiPart("subject", subject)
        .multiPart("study", study)
        .multiPart("date", date)
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .statusCode(201)
        .extract()
        .path("items[0].study");
  }

  private static String ecg(int seed, String subject, String date) {
    return given()
        .multiPart("file", "e" + seed + ".hea", Samples.wfdbHeader("e" + seed, seed))
        .multiPart("file", "e" + seed + ".dat", Samples.wfdbSignal(seed))
        .multiPart("subject", subject)
        .multiPart("date", date)
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .statusCode(201)
        .extract()
        .path("items[0].study");
  }

  private static String find(String identifier, String issuer) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("identifier", identifier, "issuer", issuer))
        .post("/v1/subjects/find")
        .then()
        .statusCode(200)
        .extract()
        .path("subject");
  }

  @Test
  void aSubjectIsFoundMergedAndUnmerged() {
    report("Effusion before the merge.", "M-OLD^^^H", "1.2.77", "2026-03-01");
    report("Effusion of the survivor.", "M-NEW^^^H", "1.2.77", "2026-03-01");
    String old = find("M-OLD", "H");
    String survivor = find("M-NEW", "H");
    given().get("/v1/subjects/" + old).then().statusCode(200).body("instances", equalTo(1));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("into", survivor))
        .post("/v1/subjects/" + old + "/merge")
        .then()
        .statusCode(200)
        .body("subject", equalTo(survivor))
        .body("studies", hasSize(1))
        .body("instances", equalTo(2))
        .body("merged.subject", contains(old))
        .body("merged.instances", contains(1));
    given().get("/v1/subjects/" + old).then().statusCode(200).body("surviving", equalTo(survivor));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("text", "effusion", "filter", "subject:" + old, "k", 10))
        .post("/v1/search")
        .then()
        .statusCode(200)
        .body("hits", hasSize(2))
        .body("hits.subject", everyItem(equalTo(survivor)));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("into", old))
        .post("/v1/subjects/" + survivor + "/merge")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
    given()
        .post("/v1/subjects/" + old + "/unmerge")
        .then()
        .statusCode(200)
        .body("surviving", nullValue())
        .body("instances", equalTo(1))
        .body("events.kind", contains("merge", "unmerge"));
    given().post("/v1/subjects/" + old + "/unmerge").then().statusCode(404);
  }

  @Test
  void badRequestsAreAnsweredWithProblems() {
    given().get("/v1/subjects/" + "0".repeat(32)).then().statusCode(404);
    given().get("/v1/subjects/x").then().statusCode(404);
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("into", "x"))
        .post("/v1/subjects/" + "0".repeat(32) + "/merge")
        .then()
        .statusCode(400);
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/subjects/find")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-request"));
  }

  @Test
  void studiesOfOtherModalitiesWithinTheWindowAreLinked() {
    String text = report("Effusion to be linked.", "L-1^^^H", "1.2.88", "2026-03-01");
    String near = ecg(81, "L-1^^^H", "2026-03-02");
    ecg(82, "L-1^^^H", "2026-03-05");
    report("Another report the same day.", "L-1^^^H", "1.2.89", "2026-03-01");
    ecg(83, "L-2^^^H", "2026-03-01");
    given()
        .get("/v1/studies/" + text)
        .then()
        .statusCode(200)
        .body("linked.study", contains(near))
        .body("linked[0].modalities", contains("ecg"))
        .body("linked[0].days", equalTo(1))
        .body("linked[0].window", equalTo(1))
        .body("linked[0].rule", equalTo(StudyLinks.RULE));
  }
}
