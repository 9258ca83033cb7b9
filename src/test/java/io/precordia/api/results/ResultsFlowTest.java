package io.precordia.api.results;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.api.ServiceUnderTest;
import io.precordia.dicom.result.DicomPeers;
import io.precordia.train.sim.SimulationWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a film and an ECG that come in to validated objects at a destination. */
@QuarkusTest
@QuarkusTestResource(value = DeliveringService.class, restrictToAnnotatedClass = true)
class ResultsFlowTest {
  @TempDir Path folder;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private Response upload(Path... files) {
    var request = given().queryParam("wait", 50);
    for (Path file : files) {
      request = request.multiPart("file", file.toFile());
    }
    return request.post("/v1/studies");
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Eventually.holds(Duration.ofSeconds(90), () -> "not in time: " + what, condition::getAsBoolean);
  }

  private static Response completion(String study) {
    return given().get("/v1/studies/{id}/completion", study);
  }

  private static List<Path> delivered() {
    try (Stream<Path> files = Files.list(DeliveringService.out())) {
      return files.filter(f -> f.toString().endsWith(".dcm")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void aCompleteStudyIsAnsweredOnceAndItsResultsDoNotComeInAgain() throws Exception {
    new SimulationWriter(256).writeStudy(folder, 21, 2);
    Response kept = upload(folder.resolve("xray.dcm"), folder.resolve("ecg.dcm"));
    kept.then().log().ifValidationFails().statusCode(201);
    String study = kept.path("items[0].study");
    await("complete", () -> "complete".equals(completion(study).path("state")));
    completion(study).then().body("revision", equalTo(1)).body("arrivals", equalTo(2));
    await(
        "delivered",
        () ->
            given()
                .queryParam("state", "waiting")
                .get("/v1/deliveries")
                .path("deliveries.size()")
                .equals(0));
    List<String> kinds =
        given()
            .queryParam("state", "sent")
            .queryParam("destination", "drop")
            .get("/v1/deliveries")
            .path("deliveries.kind");
    assertTrue(kinds.contains("sr") && kinds.contains("ecg-sr"), kinds.toString());
    List<Path> files = delivered();
    assertEquals(kinds.size(), files.size());
    for (Path file : files) {
      assertEquals(List.of(), DicomPeers.dciodvfy(file), file.toString());
    }
    if (DeliveringService.orthanc() != null) {
      theArchiveHasTheSameBytes(DeliveringService.orthanc(), files);
    }

    Response back = upload(files.getFirst());
    back.then().statusCode(201).body("items[0].outcome", equalTo("flagged"));
    String own = back.path("items[0].instance");
    given().get("/v1/instances/{id}", own).then().body("flags[0].code", equalTo("own-result"));
    completion(study).then().body("state", equalTo("complete")).body("revision", equalTo(1));

    given()
        .contentType("application/json")
        .body("{\"expected\": 3}")
        .put("/v1/studies/{id}/completion", study)
        .then()
        .statusCode(200)
        .body("expected", equalTo(3));
    given().post("/v1/studies/{id}/completion/retry", study).then().statusCode(200);
    completion(study).then().body("state", equalTo("open"));
    given()
        .contentType("application/json")
        .body("{\"expected\": 2}")
        .put("/v1/studies/{id}/completion", study)
        .then()
        .statusCode(200);
    await("complete again", () -> completion(study).path("revision").equals(2));
    assertEquals(files, delivered());
  }

  private static void theArchiveHasTheSameBytes(String orthanc, List<Path> files)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    for (Path file : files) {
      String uid = file.getFileName().toString().replace(".dcm", "");
      HttpResponse<String> found =
          http.send(
              HttpRequest.newBuilder(URI.create(orthanc + "/tools/lookup"))
                  .POST(HttpRequest.BodyPublishers.ofString(uid))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      Matcher id = Pattern.compile("\"Path\" : \"(/instances/[0-9a-f-]+)\"").matcher(found.body());
      assertTrue(id.find(), "the archive does not know " + uid + ": " + found.body());
      byte[] kept =
          http.send(
                  HttpRequest.newBuilder(URI.create(orthanc + id.group(1) + "/file")).build(),
                  HttpResponse.BodyHandlers.ofByteArray())
              .body();
      assertArrayEquals(Files.readAllBytes(file), kept, "the archive has other bytes");
    }
  }

  @Test
  void anyFindingOfAFilmIsShownOnRequestAndSentIfAsked() throws Exception {
    new SimulationWriter(256).writeStudy(folder, 22, 4);
    Response kept = upload(folder.resolve("xray.dcm"), folder.resolve("ecg.dcm"));
    String film = kept.path("items.find { it.modality == 'xray' }.instance");
    String ecg = kept.path("items.find { it.modality == 'ecg' }.instance");
    given()
        .get("/v1/instances/{id}/results", film)
        .then()
        .statusCode(200)
        .body("kinds[0]", equalTo("sr"))
        .body("findings.findAll { it.finding == 'pleural-effusion' }.size()", equalTo(1));
    for (String kind : List.of("sr", "sc", "pm", "gsps")) {
      byte[] first = made(film, kind, "pleural-effusion");
      assertArrayEquals(first, made(film, kind, "pleural-effusion"), kind + " is not the same");
      Path file = folder.resolve(kind + ".dcm");
      Files.write(file, first);
      assertEquals(List.of(), DicomPeers.dciodvfy(file), kind);
    }
    Path file = folder.resolve("ecg-sr.dcm");
    Files.write(file, made(ecg, "ecg-sr", "atrial-fibrillation"));
    assertTrue(DicomPeers.run("dsrdump", file.toString()).contains("TCOORD"));
    assertEquals(List.of(), DicomPeers.dciodvfy(file));

    Response sent =
        given()
            .queryParam("kind", "sc")
            .queryParam("finding", "pneumonia")
            .queryParam("destination", "drop")
            .accept("application/json")
            .post("/v1/instances/{id}/results", film);
    sent.then().statusCode(202);
    String delivery = sent.path("deliveries[0].id");
    await("sent", () -> "sent".equals(given().get("/v1/deliveries/{id}", delivery).path("state")));

    refused(film, "ecg-sr", null, 422, "unsupported-modality");
    refused(film, "tiff", null, 400, "invalid-argument");
    refused(film, "sc", "flu", 400, "invalid-argument");
    refused("0".repeat(32), "sr", null, 404, "not-found");
    given()
        .queryParam("kind", "sr")
        .queryParam("destination", "nowhere")
        .accept("application/json")
        .post("/v1/instances/{id}/results", film)
        .then()
        .statusCode(404);
    given().get("/v1/deliveries/{id}", "x").then().statusCode(404);
    given().post("/v1/deliveries/{id}/retry", delivery).then().statusCode(409);
    given().queryParam("state", "lost").get("/v1/deliveries").then().statusCode(400);
    given().get("/v1/completions").then().statusCode(200).body("studies.size()", equalTo(0));
    await( // an attempt is counted a moment after its delivery is noted as sent
        "metrics",
        () -> given().get("/q/metrics").asString().contains("precordia_delivery_attempts_total"));
  }

  private static void refused(
      String instance, String kind, String finding, int status, String code) {
    var request = given().queryParam("kind", kind);
    if (finding != null) {
      request = request.queryParam("finding", finding);
    }
    request
        .post("/v1/instances/{id}/results", instance)
        .then()
        .statusCode(status)
        .body("code", equalTo(code));
  }

  private static byte[] made(String instance, String kind, String finding) {
    return given()
        .queryParam("kind", kind)
        .queryParam("finding", finding)
        .accept("application/dicom")
        .post("/v1/instances/{id}/results", instance)
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .contentType("application/dicom")
        .extract()
        .asByteArray();
  }
}
