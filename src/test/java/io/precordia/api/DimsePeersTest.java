package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.net.TestObjects;
import io.precordia.dicom.result.DicomPeers;
import io.precordia.train.sim.SimulationWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers of the configuration, over the REST API: priors in, results out. */
@QuarkusTest
@QuarkusTestResource(value = DimsePeersService.class, restrictToAnnotatedClass = true)
class DimsePeersTest {
  @TempDir Path dir;
  private String archive = "";

  @BeforeEach
  void ready() throws InterruptedException {
    archive = "" + DimsePeersService.archivePort();
    ServiceUnderTest.awaitReady();
  }

  private void archived(int seed, String patient, String study) throws Exception {
    Attributes d = TestObjects.dataset(TestObjects.CR, seed, 20_000);
    d.setString(Tag.PatientID, VR.LO, patient);
    d.setString(Tag.StudyInstanceUID, VR.UI, study);
    d.setString(Tag.SeriesInstanceUID, VR.UI, study + ".1");
    d.setString(Tag.SOPInstanceUID, VR.UI, study + ".1." + seed);
    Path file =
        Files.write(dir.resolve(seed + ".dcm"), TestObjects.of(d, TestObjects.EXPLICIT).file());
    Peers.succeed("storescu", "-aec", "ARCHIVE", "127.0.0.1", archive, file.toString());
  }

  private static Response priors(String from, String patient) {
    return given()
        .contentType("application/json")
        .body("{\"from\":\"%s\",\"patient\":\"%s\"}".formatted(from, patient))
        .post("/v1/priors");
  }

  /** Studies of a patient by QIDO-RS once there are so many, or what there is after a while. */
  private static Response studies(String patient, int wanted) throws InterruptedException {
    for (int i = 0; ; i++) {
      Response found = given().queryParam("PatientID", patient).get("/dicomweb/studies");
      if (i == 600 || found.path("size()").equals(wanted)) {
        return found;
      }
      Thread.sleep(100);
    }
  }

  /** Kinds of the results for the archive in a state. */
  private static List<String> deliveries(String state) {
    return given()
        .queryParam("state", state)
        .queryParam("destination", "pacs")
        .get("/v1/deliveries")
        .then()
        .statusCode(200)
        .extract()
        .path("deliveries.kind");
  }

  @Test
  void priorsComeByGetAndByMove() throws Exception {
    archived(1, "PRIOR-1", "1.5.1");
    archived(2, "PRIOR-1", "1.5.1");
    archived(3, "PRIOR-1", "1.5.2");
    archived(4, "PRIOR-10", "1.5.3");
    archived(5, "PRIOR-2", "1.5.4");
    priors("archive", "PRIOR-1")
        .then()
        .statusCode(200)
        .body("studies", equalTo(2))
        .body("objects", equalTo(3));
    studies("PRIOR-1", 2).then().body("", hasSize(2));
    studies("PRIOR-10", 0).then().body("", hasSize(0));
    priors("mover", "PRIOR-2").then().statusCode(200).body("objects", equalTo(1));
    studies("PRIOR-2", 1).then().body("[0].'0020000D'.Value[0]", equalTo("1.5.4"));
    // nobody of that name: nothing comes, and that is no failure
    priors("archive", "NOBODY").then().statusCode(200).body("studies", equalTo(0));
    given()
        .contentType("application/json")
        .body("{\"from\":\"archive\",\"study\":\"1.5.3\"}")
        .post("/v1/fetches")
        .then()
        .statusCode(200);
    studies("PRIOR-10", 1).then().body("", hasSize(1));
  }

  @Test
  void whatCannotBeFetchedIsSaid() {
    priors("nowhere", "P").then().statusCode(404);
    priors("archive", "P*").then().statusCode(400);
    priors("archive", " ").then().statusCode(400);
    priors("gone", "P").then().statusCode(504).body("code", equalTo("peer-unavailable"));
  }

  @Test
  void resultsGoToTheArchiveByCStore() throws Exception {
    Peers.succeed("echoscu", "-aec", "PRECORDIA", "127.0.0.1", "" + DimsePeersService.ownPort());
    new SimulationWriter(256).writeStudy(dir, 22, 2);
    Path film = dir.resolve("xray.dcm");
    Peers.succeed(
        "storescu",
        "-aec",
        "PRECORDIA",
        "127.0.0.1",
        "" + DimsePeersService.ownPort(),
        film.toString(),
        dir.resolve("ecg.dcm").toString());
    String study = DicomHeader.of(Files.readAllBytes(film)).study();
    // of each instance all results are put into the outbox at once: when both have sent something
    // and nothing waits, everything is sent
    List<String> sent = deliveries("sent");
    for (int i = 0;
        i < 900
            && !(sent.contains("sr") && sent.contains("ecg-sr") && deliveries("waiting").isEmpty());
        i++) {
      Thread.sleep(100);
      sent = deliveries("sent");
    }
    assertTrue(sent.contains("sr") && sent.contains("ecg-sr"), sent.toString());
    assertEquals(List.of(), deliveries("waiting"));
    sent = deliveries("sent");
    Path got = Files.createDirectory(dir.resolve("got"));
    Peers.succeed(
        "getscu",
        "-S",
        "-aec",
        "ARCHIVE",
        "-od",
        got.toString(),
        "127.0.0.1",
        archive,
        "-k",
        "QueryRetrieveLevel=STUDY",
        "-k",
        "StudyInstanceUID=" + study);
    List<String> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(got)) {
      for (Path file : files.toList()) {
        classes.add(DicomHeader.of(Files.readAllBytes(file)).sopClass());
        assertEquals(List.of(), DicomPeers.dciodvfy(file));
      }
    }
    // Comprehensive 3D SR of the film and of the ECG
    assertTrue(
        classes.stream().filter("1.2.840.10008.5.1.4.1.1.88.34"::equals).count() >= 2,
        classes.toString());
    assertEquals(sent.size(), classes.size());
  }
}
