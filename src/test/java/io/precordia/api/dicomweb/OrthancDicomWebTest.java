package io.precordia.api.dicomweb;

import static io.precordia.workspace.catalogue.DicomSamples.file;
import static io.precordia.workspace.catalogue.DicomSamples.pdf;
import static io.precordia.workspace.catalogue.DicomSamples.radiograph;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.api.ServiceUnderTest;
import io.precordia.delivery.OutgoingObject;
import io.precordia.delivery.SendOutcome;
import io.precordia.dicomweb.DicomWebClient;
import io.precordia.dicomweb.DicomWebPeer;
import io.precordia.dicomweb.StowResult;
import io.precordia.dicomweb.StowTransport;
import io.precordia.workspace.catalogue.DicomSamples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orthanc as client of the service, and as the archive that the client speaks with. */
@QuarkusTest
@QuarkusTestResource(value = OrthancService.class, restrictToAnnotatedClass = true)
class OrthancDicomWebTest {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static String orthanc() {
    Optional<String> root =
        ConfigProvider.getConfig()
            .getOptionalValue("precordia.dicomweb.peers.orthanc.url", String.class);
    assumeTrue(root.isPresent(), "orthanc and orthanc-dicomweb are not installed");
    return root.orElseThrow().replace("/dicom-web", "");
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(orthanc() + path)).GET().build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(orthanc() + path))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static byte[] fromService(String study, String series, String object) {
    return RestAssured.given()
        .accept("application/dicom")
        .get("/dicomweb/studies/" + study + "/series/" + series + "/instances/" + object)
        .asByteArray();
  }

  @Test
  void orthancStoresHereSearchesHereAndRetrievesFromHere() throws Exception {
    byte[] a = file(radiograph("O1", "1.4.1", "1.4.1.1", "1.4.1.1.1"));
    byte[] b = file(pdf("O1", "1.4.1", "1.4.1.2", "1.4.1.2.1"));
    List<String> ids = new ArrayList<>();
    for (byte[] one : List.of(a, b)) {
      HttpResponse<byte[]> uploaded = post("/instances", one);
      assertEquals(200, uploaded.statusCode());
      ids.add(json.readTree(uploaded.body()).get("ID").asText());
    }
    HttpResponse<byte[]> sent =
        post("/dicom-web/servers/precordia/stow", json.writeValueAsBytes(Map.of("Resources", ids)));
    assertEquals(200, sent.statusCode(), new String(sent.body(), StandardCharsets.UTF_8));
    assertArrayEquals(a, fromService("1.4.1", "1.4.1.1", "1.4.1.1.1"));
    assertArrayEquals(b, fromService("1.4.1", "1.4.1.2", "1.4.1.2.1"));

    byte[] c = file(radiograph("O2", "1.4.2", "1.4.2.1", "1.4.2.1.1"));
    RestAssured.given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(
                            "multipart/related", io.restassured.http.ContentType.BINARY)))
        .header("Content-Type", Related.type("application/dicom"))
        .body(Related.objects(c))
        .post("/dicomweb/studies")
        .then()
        .statusCode(200);
    assertArrayEquals(c, fromService("1.4.2", "1.4.2.1", "1.4.2.1.1"));
    HttpResponse<byte[]> found =
        post(
            "/dicom-web/servers/precordia/qido",
            json.writeValueAsBytes(
                Map.of("Uri", "/studies", "Arguments", Map.of("00100020", "O2"))));
    assertEquals(200, found.statusCode(), new String(found.body(), StandardCharsets.UTF_8));
    assertTrue(new String(found.body(), StandardCharsets.UTF_8).contains("1.4.2"));
    HttpResponse<byte[]> fetched =
        post(
            "/dicom-web/servers/precordia/retrieve",
            json.writeValueAsBytes(Map.of("Resources", List.of(Map.of("Study", "1.4.2")))));
    assertEquals(200, fetched.statusCode(), new String(fetched.body(), StandardCharsets.UTF_8));
    HttpResponse<byte[]> lookup =
        post("/tools/lookup", "1.4.2.1.1".getBytes(StandardCharsets.UTF_8));
    String id = json.readTree(lookup.body()).at("/0/ID").asText();
    assertArrayEquals(c, get("/instances/" + id + "/file").body());
  }

  @Test
  void theClientStoresSearchesAndRetrievesThere() throws Exception {
    URI archive = URI.create(orthanc() + "/dicom-web");
    try (DicomWebClient client = client(archive)) {
      byte[] a = file(radiograph("O3", "1.4.3", "1.4.3.1", "1.4.3.1.1"));
      byte[] b = file(pdf("O3", "1.4.3", "1.4.3.2", "1.4.3.2.1"));
      StowResult stored = client.store(List.of(a, b));
      assertEquals(Set.of("1.4.3.1.1", "1.4.3.2.1"), stored.stored());
      List<JsonNode> studies = client.search("/studies", Map.of("PatientID", "O3"));
      assertEquals("1.4.3", studies.getFirst().at("/0020000D/Value/0").asText());
      assertEquals(List.of(), client.search("/studies", Map.of("PatientID", "nobody")));
      List<byte[]> files = new ArrayList<>();
      assertEquals(2, client.retrieve("/studies/1.4.3", files::add));
      assertTrue(files.stream().anyMatch(f -> java.util.Arrays.equals(f, a)));
      assertTrue(files.stream().anyMatch(f -> java.util.Arrays.equals(f, b)));
      try (StowTransport transport = new StowTransport(client(archive))) {
        List<SendOutcome> outcomes =
            transport.send(List.of(out("1.4.3.1.1", a), out("1.4.3.9", new byte[300])));
        assertInstanceOf(SendOutcome.Sent.class, outcomes.get(0), outcomes.toString());
        assertTrue(!(outcomes.get(1) instanceof SendOutcome.Sent), outcomes.toString());
      }
    }
    try (StowTransport nobody = new StowTransport(client(URI.create("http://127.0.0.1:1/x")))) {
      assertInstanceOf(
          SendOutcome.Transient.class, nobody.send(List.of(out("1", new byte[1]))).getFirst());
    }
  }

  @Test
  void aStudyIsFetchedFromAConfiguredArchive() throws Exception {
    byte[] a = file(radiograph("O4", "1.4.4", "1.4.4.1", "1.4.4.1.1"));
    byte[] b = file(pdf("O4", "1.4.4", "1.4.4.2", "1.4.4.2.1"));
    for (byte[] one : List.of(a, b)) {
      assertEquals(200, post("/instances", one).statusCode());
    }
    for (String field : List.of("received", "known")) {
      RestAssured.given()
          .contentType("application/json")
          .body("{\"from\":\"orthanc\",\"study\":\"1.4.4\"}")
          .post("/v1/fetches")
          .then()
          .statusCode(200)
          .body("objects", equalTo(2))
          .body(field, equalTo(2))
          .body("refused", equalTo(0));
    }
    assertArrayEquals(a, fromService("1.4.4", "1.4.4.1", "1.4.4.1.1"));
    assertArrayEquals(b, fromService("1.4.4", "1.4.4.2", "1.4.4.2.1"));
    RestAssured.given()
        .contentType("application/json")
        .body("{\"from\":\"orthanc\",\"study\":\"1.4.404\"}")
        .post("/v1/fetches")
        .then()
        .statusCode(404);
    RestAssured.given()
        .contentType("application/json")
        .body("{\"from\":\"nobody\",\"study\":\"1.4.4\"}")
        .post("/v1/fetches")
        .then()
        .statusCode(404);
  }

  @Test
  void pagesOfTheConfiguredOriginOnlyMayAsk() {
    String viewer = "https://viewer.example";
    RestAssured.given()
        .header("Origin", viewer)
        .header("Access-Control-Request-Method", "POST")
        .options("/dicomweb/studies")
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", viewer);
    RestAssured.given()
        .header("Origin", viewer)
        .get("/dicomweb/studies")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", viewer);
    RestAssured.given()
        .header("Origin", "https://other.example")
        .get("/dicomweb/studies")
        .then()
        .header("Access-Control-Allow-Origin", equalTo(null));
    RestAssured.given()
        .header("Origin", "https://other.example")
        .contentType("application/json")
        .body("{}")
        .post("/v1/fetches")
        .then()
        .statusCode(403);
  }

  private static OutgoingObject out(String uid, byte[] file) {
    return new OutgoingObject(
        "id", OutgoingObject.DICOM, DicomSamples.CR, uid, DicomSamples.EXPLICIT_LITTLE, file);
  }

  private static DicomWebClient client(URI root) {
    return new DicomWebClient(
        new DicomWebPeer("orthanc", root, null, Duration.ofSeconds(30)), 64 << 20);
  }
}
