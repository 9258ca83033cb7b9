package io.precordia.hl7;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    socket.setSoTimeout(20_000);
    try (MllpStream stream = new MllpStream(socket, 1 << 20, Duration.ofSeconds(20))) {
      stream.write(message.getBytes(StandardCharsets.UTF_8));
      byte[] answer = stream.read();
      return answer == null ? "" : new String(answer, StandardCharsets.UTF_8);
    }
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
