package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomDecoder;
import io.precordia.study.Identity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files out, as they came and de-identified, and the research view. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class ExportsResourceTest {
  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static String kept(String name, byte[] bytes) {
    return given()
        .multiPart("file", name, bytes)
        .queryParam("wait", 50)
        .post("/v1/studies")
        .then()
        .log()
        .ifValidationFails()
        .extract()
        .path("items[0].instance");
  }

  private static byte[] file(String instance, String profile) {
    var request = given();
    if (profile != null) {
      request = request.queryParam("deidentify", profile);
    }
    Response response = request.get("/v1/instances/" + instance + "/file");
    assertEquals(200, response.statusCode(), response.asString());
    return response.asByteArray();
  }

  private static void assertNobody(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    for (String word :
        List.of(IdentifiedSamples.FAMILY, "dulcinea", IdentifiedSamples.ID, "19300203", "mancha")) {
      assertFalse(text.contains(word.toLowerCase(Locale.ROOT)), word);
    }
  }

  @Test
  void withoutAProfileTheBytesComeAsTheyWere() {
    byte[] film = IdentifiedSamples.film(1);
    assertArrayEquals(film, file(kept("film.dcm", film), null));
  }

  @Test
  void anImageIsDeidentifiedTheSameEveryTime() {
    String one = kept("film.dcm", IdentifiedSamples.film(2));
    byte[] out = file(one, "research");
    assertNobody(out);
    assertArrayEquals(out, file(one, "research"));
    String other = kept("report.dcm", IdentifiedSamples.report(2));
    byte[] report = file(other, "research");
    assertNobody(report);
    Identity ofFilm = DicomDecoder.decode(out).identity();
    Identity ofReport = DicomDecoder.decode(report).identity();
    assertEquals(ofFilm.subject(), ofReport.subject());
    assertEquals(ofFilm.study(), ofReport.study());
    assertEquals(ofFilm.date(), ofReport.date());
    assertTrue(ofFilm.date().isBefore(java.time.LocalDate.of(2023, 5, 17)));
    assertEquals(90, ofFilm.ageYears());
    assertNobody(file(other, "basic"));
  }

  @Test
  void theResearchViewOfAReportNamesNobodyThatItsFileKnows() {
    String id = kept("report.hl7", IdentifiedSamples.message());
    given()
        .queryParam("view", "research")
        .get("/v1/instances/" + id + "/report")
        .then()
        .statusCode(200)
        .body(
            allOf(
                containsString("small effusion"),
                not(containsString("dulcinea")),
                not(containsString("cervantes"))));
    assertNobody(file(id, "research"));
    given()
        .queryParam("view", "secret")
        .get("/v1/instances/" + id + "/report")
        .then()
        .statusCode(400);
  }

  @Test
  void theResearchViewOfAnXrayIsAPicture() {
    String id = kept("film.dcm", IdentifiedSamples.film(3));
    given()
        .queryParam("view", "research")
        .get("/v1/instances/" + id + "/rendered")
        .then()
        .statusCode(200)
        .contentType("image/png");
  }

  @Test
  void anArchiveHoldsWhatPassesAndSaysWhatDoesNot() throws IOException {
    String film = kept("film.dcm", IdentifiedSamples.film(4));
    String ecg =
        given()
            .multiPart("file", "e.hea", Samples.wfdbHeader("e", 48))
            .multiPart("file", "e.dat", Samples.wfdbSignal(48))
            .queryParam("wait", 50)
            .post("/v1/studies")
            .path("items[0].instance");
    Map<String, byte[]> files =
        archive("{\"instances\":[\"" + film + "\",\"" + ecg + "\"],\"deidentify\":\"research\"}");
    assertEquals(2, files.size());
    String manifest = new String(files.get("manifest.json"), StandardCharsets.UTF_8);
    assertTrue(manifest.contains("not-deidentifiable") && manifest.contains(ecg), manifest);
    files.values().forEach(ExportsResourceTest::assertNobody);
    Map<String, byte[]> whole =
        archive("{\"instances\":[\"" + film + "\",\"" + ecg + "\"],\"filter\":\"modality:ecg\"}");
    assertEquals(3, whole.size(), whole.keySet().toString());
  }

  private static Map<String, byte[]> archive(String body) throws IOException {
    Response response = given().contentType("application/json").body(body).post("/v1/exports");
    assertEquals(200, response.statusCode(), response.asString());
    Map<String, byte[]> out = new HashMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(response.asByteArray()))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        out.put(e.getName(), zip.readAllBytes());
      }
    }
    return out;
  }

  @Test
  void unknownProfilesAndInstancesAreSaid() {
    given()
        .contentType("application/json")
        .body("{\"deidentify\":\"none-such\"}")
        .post("/v1/exports")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-argument"));
    given()
        .contentType("application/json")
        .body("{\"instances\":[\"00000000000000000000000000000000\"]}")
        .post("/v1/exports")
        .then()
        .statusCode(404);
  }
}
