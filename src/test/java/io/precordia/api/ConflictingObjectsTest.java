package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.Eventually;
import io.precordia.api.dicomweb.Related;
import io.precordia.dicom.net.FileToSend;
import io.precordia.dicom.net.PeerAddress;
import io.precordia.dicom.net.StoreScu;
import io.precordia.dicom.net.TestObjects;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One SOP Instance UID, several contents, both doors: the first counts, the others are flagged. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class ConflictingObjectsTest {
  private static final int DUPLICATE = 0x0111;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  @Inject DimseDoor door;
  @Inject EngineHolder holder;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private static FileToSend object(int number, String description) {
    Attributes set = TestObjects.dataset(TestObjects.ECG, number, 2_000);
    set.setString(Tag.StudyDescription, VR.LO, description);
    return TestObjects.of(set, TestObjects.EXPLICIT);
  }

  /** Status of the C-STORE. */
  private int store(FileToSend file) throws InterruptedException {
    PeerAddress peer = new PeerAddress("PRECORDIA", "127.0.0.1", door.await().orElseThrow(), false);
    return new StoreScu(door.network().requestor()).send(peer, List.of(file)).getFirst().status();
  }

  /** 0, or the Failure Reason. */
  private int stow(byte[] file) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + RestAssured.port + "/dicomweb/studies"))
                .header("Content-Type", Related.type("application/dicom"))
                .header("Accept", "application/dicom+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Related.objects(file)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    JsonNode module = json.readTree(answer.body());
    assertEquals(module.has("00081198") ? 409 : 200, answer.statusCode());
    return module.at("/00081198/Value/0/00081197/Value/0").asInt(0);
  }

  private static byte[] kept(FileToSend file, int number) {
    return given()
        .accept("application/dicom")
        .get(
            "/dicomweb/studies/1.2.3.5.%d/series/1.2.3.6.%d/instances/%s"
                .formatted(1 + number / 4, 1 + number / 2, file.object().sopInstance()))
        .then()
        .statusCode(200)
        .extract()
        .asByteArray();
  }

  /** How many are flagged as in conflict, once the inbox is empty. */
  private int conflicts() throws Exception {
    Eventually.holds(
        Duration.ofSeconds(60),
        () -> "the inbox does not empty",
        () -> holder.engine().workspace().ingest().pending() == 0);
    String page = given().get("/v1/flagged?limit=1000").then().statusCode(200).extract().asString();
    Set<String> ids = new HashSet<>();
    for (JsonNode item : json.readTree(page).findValues("flags")) {
      if (item.toString().contains("\"conflict\"")) {
        ids.add(item.toString() + ids.size());
      }
    }
    return ids.size();
  }

  @Test
  void firstByCStore() throws Exception {
    int before = conflicts();
    FileToSend first = object(700_000, "first");
    assertEquals(0, store(first));
    assertEquals(DUPLICATE, store(object(700_000, "second")));
    assertEquals(DUPLICATE, stow(object(700_000, "third").file()));
    assertEquals(0, store(first));
    assertEquals(0, stow(first.file()));
    assertEquals(before + 2, conflicts());
    assertEquals(DUPLICATE, store(object(700_000, "fourth"))); // the first is processed by now
    assertEquals(DUPLICATE, stow(object(700_000, "second").file()));
    assertArrayEquals(first.file(), kept(first, 700_000));
    assertEquals(before + 3, conflicts());
  }

  @Test
  void firstByStow() throws Exception {
    int before = conflicts();
    FileToSend first = object(700_100, "first");
    byte[] file = first.file().clone();
    file[0] = 'X'; // a preamble of the sender's own, which C-STORE does not carry
    assertNotEquals(first.file()[0], file[0]);
    assertEquals(0, stow(file));
    assertEquals(0, store(first));
    assertEquals(DUPLICATE, store(object(700_100, "second")));
    assertEquals(DUPLICATE, stow(object(700_100, "third").file()));
    assertArrayEquals(file, kept(first, 700_100));
    assertEquals(before + 2, conflicts());
  }

  @Test
  void atOnce() throws Exception {
    int before = conflicts();
    int rounds = 12;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < rounds; round++) {
        int number = 700_200 + round;
        List<FileToSend> files = new ArrayList<>();
        List<Callable<Integer>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          FileToSend file = object(number, "content " + i);
          files.add(file);
          senders.add(i % 2 == 0 ? () -> store(file) : () -> stow(file.file()));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> one : threads.invokeAll(senders)) {
          statuses.add(one.get());
        }
        assertEquals(1, statuses.stream().filter(s -> s == 0).count(), statuses.toString());
        assertTrue(statuses.stream().allMatch(s -> s == 0 || s == DUPLICATE));
        FileToSend winner = files.get(statuses.indexOf(0));
        assertArrayEquals(winner.file(), kept(winner, number));
      }
    }
    assertEquals(before + 3 * rounds, conflicts());
  }
}
