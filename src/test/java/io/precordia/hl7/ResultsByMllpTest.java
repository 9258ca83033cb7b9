package io.precordia.hl7;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.api.ServiceUnderTest;
import io.precordia.dicom.DicomHeader;
import io.precordia.train.sim.SimulationWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a film that comes in to an ORU message at a HAPI server, once. */
@QuarkusTest
@QuarkusTestResource(value = OruReceiver.class, restrictToAnnotatedClass = true)
class ResultsByMllpTest {
  @TempDir Path folder;

  @Test
  void aCompleteStudyIsReportedOnce() throws Exception {
    ServiceUnderTest.awaitReady();
    new SimulationWriter(256).writeStudy(folder, 21, 2);
    given()
        .queryParam("wait", 50)
        .multiPart("file", folder.resolve("xray.dcm").toFile())
        .post("/v1/studies")
        .then()
        .log()
        .ifValidationFails()
        .statusCode(201);
    Eventually.holds(
        Duration.ofSeconds(150), () -> "not delivered in time", () -> !sent().isEmpty());
    assertEquals(List.of("oru"), sent());
    List<Path> messages;
    try (Stream<Path> files = Files.list(OruReceiver.received())) {
      messages = files.toList();
    }
    assertEquals(1, messages.size());
    String text = Files.readString(messages.getFirst(), StandardCharsets.UTF_8);
    String accession =
        DicomHeader.of(Files.readAllBytes(folder.resolve("xray.dcm"))).text(0x00080050);
    assertTrue(!accession.isEmpty() && text.contains("|" + accession + "|"), text);
    for (String part :
        List.of(
            "|RIS|",
            "ORU^R01",
            "30745-4^XR Chest Views^LN",
            "113014^DICOM Study^DCM",
            "121071^Finding^DCM",
            "111012^Certainty of Finding^DCM",
            "model-sha256",
            "Not for clinical use.")) {
      assertTrue(text.contains(part), () -> part + " is missing in " + text);
    }
  }

  private static List<String> sent() {
    return given()
        .queryParam("state", "sent")
        .queryParam("destination", "ris")
        .get("/v1/deliveries")
        .then()
        .statusCode(200)
        .extract()
        .path("deliveries.kind");
  }
}
