package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.IdentifiedSamples;
import io.precordia.api.Samples;
import io.precordia.api.ServiceUnderTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a running service. */
@QuarkusTest
@QuarkusTestResource(ServiceUnderTest.class)
class RemoteCommandsTest {
  @TestHTTPResource("/")
  URI url;

  @TempDir Path dir;

  @BeforeEach
  void ready() throws InterruptedException {
    ServiceUnderTest.awaitReady();
  }

  private JsonNode run(int status, String... args) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--url", url.toString(), "--json"));
    int actual =
        new CommandRunner(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(all.toArray(String[]::new));
    assertEquals(status, actual, err.toString(StandardCharsets.UTF_8));
    return Json.MAPPER.readTree(out.toByteArray());
  }

  @Test
  void aFolderIsImportedAndSearched() throws IOException {
    for (int i = 0; i < 20; i++) {
      Files.write(dir.resolve("r" + i + ".txt"), Samples.report("sarcoidosis", 900 + i));
    }
    Files.write(dir.resolve("w.hea"), Samples.wfdbHeader("w", 91));
    Files.write(dir.resolve("w.dat"), Samples.wfdbSignal(91));
    Files.write(dir.resolve("empty.png"), new byte[0]);
    Files.write(dir.resolve("large.dcm"), new byte[(1 << 20) + 5]);
    JsonNode report = run(1, "import", dir.toString());
    assertEquals(24, report.path("files").asInt());
    assertEquals(21, report.path("stored").asInt());
    assertEquals(1, report.path("flagged").size() + report.path("duplicate").asInt());
    assertEquals("too-large", report.at("/failed/0/reasons/0/code").asText());

    JsonNode hits =
        run(
                0,
                "search",
                "--text",
                "sarcoidosis",
                "--modality",
                "report",
                "--k",
                "5",
                "--words",
                "0.5")
            .path("hits");
    assertEquals(5, hits.size());
    String ecg =
        run(0, "search", "--file", dir.resolve("w.hea").toString(), "--k", "1")
            .at("/hits/0/modality")
            .asText();
    assertEquals("ecg", ecg);
  }

  @Test
  void embedAndClassifyAnswerAsTheRestDoorDoes() throws IOException {
    Path report = Files.write(dir.resolve("a.txt"), Samples.report("emphysema", 1));
    JsonNode embedded = run(0, "embed", report.toString(), "--text", "emphysema");
    assertEquals(2, embedded.path("items").size());
    assertEquals(1, embedded.at("/items/1/index").asInt());
    JsonNode labels =
        run(0, "classify", report.toString(), "--labels", "emphysema,fracture").path("labels");
    assertEquals("emphysema", labels.path(0).path("label").asText());
    assertTrue(labels.path(0).path("probability").asDouble() > 0.5);
  }

  @Test
  void aDeidentifiedExportNamesNobody(@TempDir Path out) throws IOException {
    Path film = Files.write(dir.resolve("film.dcm"), IdentifiedSamples.film(31));
    run(0, "import", dir.toString());
    String instance =
        run(0, "search", "--file", film.toString(), "--k", "1").at("/hits/0/instance").asText();
    JsonNode done =
        run(
            0,
            "export",
            "--instance",
            instance,
            "--deidentify",
            "research",
            "--out",
            out.toString());
    assertEquals(1, done.path("files").asInt());
    try (var files = Files.list(out)) {
      List<Path> written = files.toList();
      assertEquals(done.path("files").asInt(), written.size());
      for (Path file : written) {
        assertTrue(
            !new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .contains(IdentifiedSamples.FAMILY));
      }
    }
  }
}
