package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class StudiesResourceTest {
  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static JsonPath importReport(String text, String subject, String study) {
    return given()
        .multiPart("file", "report.txt", text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .multiPart("subject", subject)
        .multiPart("study", study)
        .multiPart("date", "2026-03-01")
        .multiPart("sex", "F")
        .multiPart("age", "63")
        .multiPart("tags", "emergency,PA")
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  private static String importEcg(int seed) {
    return given()
        .multiPart("file", "e" + seed + ".hea", Samples.wfdbHeader("e" + seed, seed))
        .multiPart("file", "e" + seed + ".dat", Samples.wfdbSignal(seed))
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .statusCode(201)
        .body("stored", equalTo(1))
        .extract()
        .path("items[0].instance");
  }

  @Test
  void everyFileOfAMixedFormHasItsOutcome() {
    given()
        .multiPart("file", "a.txt", Samples.report("pleural effusion", 1))
        .multiPart("file", "rec1.dat", Samples.wfdbSignal(1))
        .multiPart("file", "rec1.hea", Samples.wfdbHeader("rec1", 1))
        .multiPart("file", "empty.bin", new byte[0])
        .multiPart("file", "big.bin", new byte[(1 << 20) + 1])
        .multiPart("report", "Dictated: normal study.")
        .multiPart("subject", "P-1")
        .multiPart("study", "S-1")
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .statusCode(201)
        .body("stored", equalTo(3))
        .body("flagged", equalTo(1))
        .body("failed", equalTo(1))
        .body("items", hasSize(5))
        .body("items.find { it.files[0] == 'rec1.hea' }.files", contains("rec1.hea", "rec1.dat"))
        .body("items.find { it.files[0] == 'rec1.hea' }.modality", equalTo("ecg"))
        .body("items.find { it.files[0] == 'a.txt' }.modality", equalTo("report"))
        .body("items.find { it.files[0] == 'empty.bin' }.flags[0].code", equalTo("empty"))
        .body("items.find { it.files[0] == 'big.bin' }.error.code", equalTo("too-large"))
        .body("items.findAll { it.outcome != 'failed' }.study", everyItem(notNullValue()));
  }

  @Test
  void theSameContentIsADuplicate() {
    byte[] report = Samples.report("granuloma", 77);
    String first =
        given()
            .multiPart("file", "x.txt", report)
            .queryParam("wait", 50)
            .post("/v1/studies")
            .then()
            .statusCode(201)
            .extract()
            .path("items[0].instance");
    given()
        .multiPart("file", "y.txt", report)
        .post("/v1/studies")
        .then()
        .statusCode(200)
        .body("duplicate", equalTo(1))
        .body("items[0].instance", equalTo(first));
  }

  @Test
  void whatIsNotWaitedForCanBeFollowed() {
    String instance =
        given()
            .multiPart("file", "later.txt", Samples.report("later", 5))
            .post("/v1/studies")
            .then()
            .statusCode(not(500))
            .extract()
            .path("items[0].instance");
    given()
        .contentType("application/json")
        .body("{\"instances\":[\"" + instance + "\"]}")
        .queryParam("wait", 50)
        .post("/v1/outcomes")
        .then()
        .statusCode(200)
        .body("stored", equalTo(1));
    given().get("/v1/queue").then().statusCode(200).body("pending", notNullValue());
  }

  @Test
  void aStudyShowsItsInstances() {
    JsonPath item = importReport("Cardiomegaly. Tel. 555-123-4567, Dr. Miller.", "P-2", "S-2");
    String study = item.getString("items[0].study");
    String instance = item.getString("items[0].instance");
    given()
        .get("/v1/studies/" + study)
        .then()
        .statusCode(200)
        .body("study", equalTo(study))
        .body("instances.instance", hasItem(instance));
    given()
        .get("/v1/instances/" + instance)
        .then()
        .statusCode(200)
        .body("status", equalTo("stored"))
        .body("modality", equalTo("report"))
        .body("date", equalTo("2026-03-01"))
        .body("sex", equalTo("F"))
        .body("age", equalTo(63))
        .body("tags", hasItem("emergency"))
        .body("windows", equalTo(1));
    String text =
        given()
            .get("/v1/instances/" + instance + "/report")
            .then()
            .statusCode(200)
            .contentType("text/plain")
            .extract()
            .asString();
    assertTrue(text.contains("Cardiomegaly") && !text.contains("555-123"), text);
    given()
        .get("/v1/instances/" + instance + "/rendered")
        .then()
        .statusCode(404)
        .body("code", equalTo("not-found"));
  }

  @Test
  void anEcgIsDrawnOnPaper() throws IOException {
    String instance = importEcg(31);
    byte[] paper =
        given()
            .queryParam("width", 540)
            .get("/v1/instances/" + instance + "/rendered")
            .then()
            .statusCode(200)
            .contentType("image/png")
            .extract()
            .asByteArray();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(paper));
    assertNotNull(image);
    assertEquals(540, image.getWidth());
    byte[] strip =
        given()
            .get("/v1/instances/" + instance + "/thumbnail")
            .then()
            .statusCode(200)
            .contentType("image/png")
            .extract()
            .asByteArray();
    assertEquals(320, ImageIO.read(new ByteArrayInputStream(strip)).getWidth());
    given().get("/v1/instances/" + instance + "/report").then().statusCode(404);
    given()
        .queryParam("width", "wide")
        .get("/v1/instances/" + instance + "/rendered")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
  }

  @Test
  void pagesCoverEveryInstanceOnce() {
    for (int i = 0; i < 5; i++) {
      importReport("Nodule number " + i, "P-page", "S-page" + i);
    }
    Set<String> seen = new HashSet<>();
    long after = 0;
    for (int page = 0; page < 1000; page++) {
      JsonPath listing =
          given()
              .queryParam("after", after)
              .queryParam("limit", 2)
              .get("/v1/studies")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      List<String> instances = listing.getList("studies.instances.instance.flatten()");
      for (String instance : instances) {
        assertTrue(seen.add(instance), "on two pages");
      }
      if (listing.get("next") == null) {
        break;
      }
      after = listing.getLong("next");
    }
    assertTrue(seen.size() >= 5);
    given()
        .queryParam("limit", 0)
        .get("/v1/studies")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
  }

  @Test
  void flaggedFilesAreListedWithTheirReason() {
    given()
        .multiPart("file", "junk.bin", new byte[] {1, 2, 3, 0, 5})
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .statusCode(201);
    given()
        .queryParam("limit", 1000)
        .get("/v1/flagged")
        .then()
        .statusCode(200)
        .body("instances", hasSize(greaterThan(0)))
        .body("instances.status", everyItem(equalTo("flagged")))
        .body("instances.flags[0].message", everyItem(notNullValue()));
  }

  @Test
  void healthMetricsAndOpenApiAreThere() throws InterruptedException {
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    importReport("Metrics count this.", "P-secret-4711", "S-secret-4711");
    // a request is counted a moment after its answer
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> "the request is not counted",
        () -> given().get("/q/metrics").asString().contains("http_server_requests"));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("precordia_embedding_pass_seconds_count"))
        .body(containsString("precordia_import_items_total"))
        .body(containsString("precordia_ingest_pending"))
        .body(containsString("http_server_requests"))
        .body(not(containsString("4711")));
    given()
        .queryParam("format", "json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("openapi", startsWith("3."))
        .body(
            "paths.'/v1/studies'.post.requestBody.content.'multipart/form-data'.schema",
            notNullValue())
        .body("components.schemas.Problem.properties.code", notNullValue());
  }

  @Test
  void answersForbidSniffingAndFraming() {
    given()
        .get("/v1/queue")
        .then()
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Content-Security-Policy", containsString("default-src 'self'"));
  }
}
