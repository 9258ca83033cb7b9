package io.precordia.api.dicomweb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.api.ServiceUnderTest;
import io.precordia.dicom.DicomMutator;
import io.precordia.workspace.catalogue.DicomSamples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged objects by STOW-RS: each gets an answer of the standard in time, what is answered as
 * stored is given back bit by bit with its metadata, and the service lives on.
 *
 * <p>The few are the same every time. {@code -Dfuzz.seed=N} repeats a run, {@code -Dfuzz.objects=N}
 * sets its size.
 */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class StowFuzzTest {
  private static final Set<Integer> STATUSES = Set.of(200, 202, 409);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int CHECKED_BEHIND = 50;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private record Accepted(String url, byte[] bytes, String what) {}

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  @Test
  void aFewDamagedObjects() throws Exception {
    run(Integer.getInteger("fuzz.few", 200), Long.getLong("fuzz.seed", 20_260_301));
  }

  @Test
  @Tag("slow")
  void manyDamagedObjects() throws Exception {
    run(Integer.getInteger("fuzz.objects", 10_000), Long.getLong("fuzz.seed", System.nanoTime()));
  }

  private void run(int count, long seed) throws Exception {
    DicomMutator mutator = new DicomMutator(seed);
    Queue<Accepted> accepted = new ArrayDeque<>();
    int stored = 0;
    for (int i = 0; i < count; i++) {
      DicomMutator.Mutant mutant = mutator.mutate(DicomSamples.varied(seed, i));
      String where = "seed " + seed + ", object " + i + ", mutations " + mutant.what();
      HttpResponse<byte[]> answer = store(mutant.bytes(), where);
      assertTrue(
          STATUSES.contains(answer.statusCode()), () -> where + ": HTTP " + answer.statusCode());
      if (answer.statusCode() == 200) {
        stored++;
        String url = json.readTree(answer.body()).at("/00081199/Value/0/00081190/Value/0").asText();
        accepted.add(new Accepted(url, mutant.bytes(), where));
      }
      if (accepted.size() > CHECKED_BEHIND) {
        check(accepted.remove());
      }
    }
    for (Accepted one : accepted) {
      check(one);
    }
    assertEquals(200, get("/q/health/ready", "*/*", "the end").statusCode());
    System.err.printf("StowFuzzTest: seed %d, %d objects, %d stored%n", seed, count, stored);
  }

  private void check(Accepted one) throws Exception {
    HttpResponse<byte[]> file = get(one.url(), "application/dicom", one.what());
    assertEquals(200, file.statusCode(), one.what());
    assertArrayEquals(one.bytes(), file.body(), one.what());
    HttpResponse<byte[]> metadata =
        get(one.url() + "/metadata", "application/dicom+json", one.what());
    assertEquals(200, metadata.statusCode(), one.what());
    JsonNode model = json.readTree(metadata.body());
    assertEquals(1, model.size(), one.what());
    int rendered = get(one.url() + "/rendered", "image/png", one.what()).statusCode();
    assertTrue(rendered < 500, () -> one.what() + ": rendered HTTP " + rendered);
    int xml =
        get(
                one.url() + "/metadata",
                "multipart/related; type=\"application/dicom+xml\"",
                one.what())
            .statusCode();
    assertTrue(xml < 500, () -> one.what() + ": XML HTTP " + xml);
  }

  private HttpResponse<byte[]> store(byte[] file, String where) throws Exception {
    return send(
        request("/dicomweb/studies")
            .header("Content-Type", Related.type("application/dicom"))
            .header("Accept", "application/dicom+json")
            .POST(BodyPublishers.ofByteArray(Related.objects(file)))
            .build(),
        where);
  }

  private HttpResponse<byte[]> get(String path, String accept, String where) throws Exception {
    return send(request(path).header("Accept", accept).GET().build(), where);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create(
                path.startsWith("http") ? path : "http://127.0.0.1:" + RestAssured.port + path))
        .timeout(LONGEST);
  }

  private HttpResponse<byte[]> send(HttpRequest request, String where) throws Exception {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(where + ": no answer", e);
    }
  }
}
