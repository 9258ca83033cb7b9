package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.Eventually;
import io.precordia.api.ServiceUnderTest;
import io.precordia.train.sim.SimulationWriter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code precordia results} against a running service. */
@QuarkusTest
@QuarkusTestResource(value = HalfDeliveringService.class, restrictToAnnotatedClass = true)
class ResultsCommandTest {
  @TestHTTPResource("/")
  URI url;

  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private String printed(int status, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", url.toString()));
    int actual =
        new CommandRunner(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(all.toArray(String[]::new));
    assertEquals(status, actual, err.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--json");
    return Json.MAPPER.readTree(printed(0, all.toArray(String[]::new)));
  }

  @Test
  void whatWasFoundAndSentIsShownAndWhatFailedIsTriedAgain() throws Exception {
    new SimulationWriter(256).writeStudy(dir, 21, 2);
    String film = dir.resolve("xray.dcm").toString();
    assertEquals(1, json("import", film).path("stored").asInt());
    String study = json("search", "--file", film, "--k", "1").at("/hits/0/study").asText();
    // complete, all its deliveries are there; then each has its attempt
    Eventually.holds(
        Duration.ofSeconds(150),
        () -> "the study is not complete in time",
        () ->
            json("results", "show", study).at("/completion/state").asText().equals("complete")
                && !json("results", "list", "--state", "dead").path("deliveries").isEmpty()
                && json("results", "list", "--state", "waiting").path("deliveries").isEmpty());
    JsonNode shown = json("results", "show", study);
    assertEquals("complete", shown.at("/completion/state").asText());
    assertEquals("xray", shown.at("/instances/0/modality").asText());
    assertTrue(shown.at("/instances/0/findings").size() > 3, shown.toString());
    Set<String> fates = new TreeSet<>();
    shown
        .path("deliveries")
        .forEach(d -> fates.add(d.path("destination").asText() + " " + d.path("state").asText()));
    assertEquals(Set.of("drop sent", "lost dead"), fates);
    String lines = printed(0, "results", "show", study);
    assertTrue(lines.startsWith("study\t" + study + "\tcomplete"), lines);
    assertTrue(lines.contains("\ndelivery\t"), lines);

    JsonNode dead =
        json("results", "list", "--state", "dead", "--destination", "lost").at("/deliveries/0");
    JsonNode retried = json("results", "retry", dead.path("id").asText());
    assertEquals("waiting", retried.at("/retried/0/state").asText());
    JsonNode all = json("results", "retry", "--study", study);
    assertEquals(1, all.path("retried").size(), "what was sent is not sent again");
    assertEquals(false, all.path("reopened").asBoolean());
    printed(1, "results", "retry", "0".repeat(32));
    printed(1, "results", "show", "0".repeat(32));
    printed(1, "results", "retry");
  }
}
