package io.precordia.hl7;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.Eventually;
import io.precordia.api.ServiceUnderTest;
import io.precordia.workspace.catalogue.DicomSamples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The door as the service opens it, and what REST tells of what came through it. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class MllpDoorTest {
  @Inject MllpDoor door;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private String answer(String message) throws IOException, InterruptedException {
    Socket socket = new Socket("127.0.0.1", door.await().orElseThrow());
    socket.setSoTimeout(60_000);
    try (MllpStream stream = new MllpStream(socket, 1 << 20, Duration.ofSeconds(60))) {
      stream.write(message.getBytes(StandardCharsets.UTF_8));
      byte[] answer = stream.read();
      return answer == null ? "" : new String(answer, StandardCharsets.UTF_8);
    }
  }

  @Test
  void anOrderIsSeenInTheStudyOfItsFilmAndReport() throws Exception {
    String study =
        given()
            .queryParam("wait", 50)
            .multiPart(
                "file",
                "film.dcm",
                DicomSamples.file(
                    DicomSamples.radiograph("DOOR-2", "1.2.77", "1.2.77.1", "1.2.77.1.1")))
            .post("/v1/studies")
            .then()
            .statusCode(201)
            .extract()
            .path("items[0].study");
    given().get("/v1/studies/" + study).then().body("order", nullValue());
    String order =
        "MSH|^~\\&|RIS|CLINIC|||20240517101500||ORM^O01|D5|P|2.3.1\rPID|||DOOR-2\rORC|NW|P5|F5\rOBR|1|P5|F5|CXR^Chest^L||||||||||||||A77||||||CR\rOBX|1|NM|00201208||2\r";
    assertTrue(answer(order).contains("MSA|AA|D5"));
    assertTrue(
        answer(Door.oru("D6", "DOOR-2", "F5", "Left effusion of the ordered film."))
            .contains("MSA|AA|D6"));
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> "the report does not come into the study",
        () -> !given().get("/v1/studies/" + study).path("instances.size()").equals(1));
    given()
        .get("/v1/studies/" + study)
        .then()
        .body("order.code", equalTo("CXR"))
        .body("order.expected", equalTo(2))
        .body("instances.joined", equalTo(List.of(false, true)));
    given()
        .get("/v1/studies/" + study + "/completion")
        .then()
        .body("expected", equalTo(2))
        .body("arrivals", equalTo(2))
        .body("reports", equalTo(1));
  }

  @Test
  void messagesComeInAndAreToldByRest() throws Exception {
    String report = Door.oru("D1", "DOOR-1^^^H^MR", "A1", "Left effusion by the door.");
    assertTrue(answer(report).contains("MSA|AA|D1"));
    String order =
        "MSH|^~\\&|RIS|CLINIC|||20240517101500||ORM^O01|D2|P|2.3.1\rPID|||DOOR-1^^^H^MR\rORC|NW|P1\rOBR|1|P1||CXR\rZDS|1.2.3\r";
    assertTrue(answer(order).contains("MSA|AA|D2"));
    String subject =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("identifier", "DOOR-1", "issuer", "H"))
            .post("/v1/subjects/find")
            .then()
            .statusCode(200)
            .extract()
            .path("subject");
    given()
        .get("/v1/subjects/" + subject + "/orders")
        .then()
        .statusCode(200)
        .body("orders", hasSize(1))
        .body("orders[0].studyUid", equalTo("1.2.3"));
    assertTrue(answer(Door.adt("A29", "D3", "DOOR-1^^^H^MR", "")).contains("MSA|AR|D3"));
    given()
        .get("/v1/hl7/refusals")
        .then()
        .statusCode(200)
        .body("refusals[0].kind", equalTo("ADT^A29"))
        .body("refusals[0].condition", equalTo("201"))
        .body("refusals[0].controlId", equalTo("D3"));
  }
}
