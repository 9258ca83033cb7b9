package io.precordia.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.precordia.serve.HashingEncoder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that closes its socket before the answer: its items leave the line without running. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
@Timeout(60)
@Tag("slow") // it waits by the clock, for twelve seconds
class ClientGoneTest {
  private static final String PASSES = "precordia_embedding_pass_seconds_count";
  private static final String ITEMS = "precordia_embedding_items_total";

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  @Test
  void whatItWaitedForNeverRuns() throws Exception {
    double passes = reports(PASSES);
    double items = reports(ITEMS);
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(
            () ->
                given()
                    .contentType("application/json")
                    .body("{\"texts\":[\"%s\"]}".formatted(HashingEncoder.LINGER))
                    .post("/v1/embeddings")
                    .statusCode());
    Thread.sleep(400); // its pass has begun
    for (String path : new String[] {"/v1/embeddings", "/v1/search", "/v1/classify"}) {
      try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
        send(socket, path);
        Thread.sleep(600); // it waits behind the pass
      }
      Thread.sleep(300);
      assertFalse(running.isDone(), "the line emptied because the client went, not in its turn");
    }
    assertEquals(200, running.get());
    Thread.sleep(200); // nothing comes late
    assertEquals(passes + 1, reports(PASSES));
    assertEquals(items + 1, reports(ITEMS));
  }

  private static void send(Socket socket, String path) throws IOException {
    String body =
        switch (path) {
          case "/v1/embeddings" -> "{\"texts\":[\"nobody\",\"waits\"]}";
          case "/v1/search" -> "{\"text\":\"nobody waits\"}";
          default -> "{\"text\":\"nobody waits\",\"labels\":[\"a\",\"b\"]}";
        };
    String request =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static double reports(String name) {
    return gauge(name, "modality=\"report\"");
  }

  private static double gauge(String name, String label) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name) && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
