package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands in this process, on a data directory and the deterministic encoder. */
class CommandsTest {
  private static final Path MODEL =
      Path.of("src", "test", "resources", "test-model").toAbsolutePath();
  @TempDir private Path dir = Path.of("unset");
  private Path files = Path.of("unset");

  private record Result(int status, String out, String err) {
    JsonNode json() throws IOException {
      return Json.MAPPER.readTree(out);
    }
  }

  private static Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new CommandRunner(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(args);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Result onData(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--data", dir.resolve("store").toString(), "--model", MODEL.toString()));
    return run(all.toArray(String[]::new));
  }

  @BeforeEach
  void write() throws IOException {
    files = Files.createDirectories(dir.resolve("files"));
    Files.write(files.resolve("effusion.txt"), Samples.report("pleural effusion", 1));
    Files.write(files.resolve("fibrillation.txt"), Samples.report("atrial fibrillation", 2));
    Files.write(files.resolve("r1.hea"), Samples.wfdbHeader("r1", 1));
    Files.write(files.resolve("r1.dat"), Samples.wfdbSignal(1));
    Files.write(files.resolve("empty.dcm"), new byte[0]);
  }

  @Test
  void importAccountsForEveryFileAndSearchFindsThem() throws IOException {
    Result first = onData("import", files.toString(), "--json");
    assertEquals(0, first.status(), first.err());
    assertEquals(5, first.json().path("files").asInt());
    assertEquals(3, first.json().path("stored").asInt());
    assertEquals(0, first.json().path("duplicate").asInt());
    assertEquals("empty", first.json().at("/flagged/0/reasons/0/code").asText());
    assertEquals(1, first.json().path("flagged").size());
    assertTrue(first.json().path("failed").isEmpty());

    Result again = onData("import", files.toString(), "--json");
    assertEquals(0, again.status(), again.err());
    assertEquals(0, again.json().path("stored").asInt());
    assertEquals(4, again.json().path("duplicate").asInt());

    Result search =
        onData(
            "search", "--text", "pleural effusion", "--modality", "report", "--k", "2", "--json");
    assertEquals(0, search.status(), search.err());
    JsonNode hits = search.json().path("hits");
    assertEquals(2, hits.size());
    assertEquals(1, hits.path(0).path("rank").asInt());
    assertTrue(hits.path(0).path("score").asDouble() > hits.path(1).path("score").asDouble());
    assertEquals("report", hits.path(0).path("modality").asText());
    assertEquals("hashing-test", search.json().at("/model/id").asText());

    Result byFile =
        onData("search", "--file", files.resolve("r1.hea").toString(), "--k", "1", "--json");
    assertEquals(0, byFile.status(), byFile.err());
    assertEquals("ecg", byFile.json().at("/hits/0/modality").asText());
    assertEquals(1.0, byFile.json().at("/hits/0/score").asDouble(), 1e-5);

    String instance = byFile.json().at("/hits/0/instance").asText();
    Result byInstance = onData("search", "--instance", instance, "--json");
    assertEquals(0, byInstance.status(), byInstance.err());
    assertFalse(
        byInstance.out().contains("\"instance\":\"" + instance),
        "an instance does not find itself");
  }

  @Test
  void importFailsWhenAFileIsNotKept() throws IOException {
    Result result =
        onData(
            "import",
            files.resolve("effusion.txt").toString(),
            files.resolve("missing.png").toString(),
            "--json");
    assertEquals(1, result.status());
    assertEquals(1, result.json().path("stored").asInt());
    assertEquals("not-found", result.json().at("/failed/0/reasons/0/code").asText());
  }

  @Test
  void manifestGivesIdentities() throws IOException {
    Path manifest = files.resolve("manifest.csv");
    Files.writeString(
        manifest, "file,subject,study,report\neffusion.txt,P1,S1,\n,P1,S1,Small pneumothorax.\n");
    Result result = onData("import", "--manifest", manifest.toString(), "--json");
    assertEquals(0, result.status(), result.err());
    assertEquals(2, result.json().path("stored").asInt());
    JsonNode hits = onData("search", "--text", "pneumothorax", "--json").json().path("hits");
    assertEquals(hits.path(0).path("study").asText(), hits.path(1).path("study").asText());
  }

  @Test
  void embedGivesUnitVectorsAndSaysWhatFailed() throws IOException {
    Result good =
        run(
            "embed",
            files.resolve("r1.hea").toString(),
            "--text",
            "effusion",
            "--model",
            MODEL.toString(),
            "--json");
    assertEquals(0, good.status(), good.err());
    assertEquals(2, good.json().path("items").size());
    assertEquals(
        good.json().path("dimension").asInt(), good.json().at("/items/1/vectors/0").size());
    Result bad =
        run("embed", files.resolve("empty.dcm").toString(), "--model", MODEL.toString(), "--json");
    assertEquals(1, bad.status());
    assertEquals("empty", bad.json().at("/items/0/error/code").asText());
  }

  @Test
  void classifyPrefersTheLabelWhoseWordsTheReportHas() throws IOException {
    Path prompts =
        Files.writeString(
            dir.resolve("prompts.json"), "{\"normal\":[\"clear lungs\",\"nothing abnormal\"]}");
    Result result =
        run(
            "classify",
            files.resolve("effusion.txt").toString(),
            "--labels",
            "pleural effusion,normal",
            "--prompts",
            prompts.toString(),
            "--model",
            MODEL.toString(),
            "--json");
    assertEquals(0, result.status(), result.err());
    assertEquals("pleural effusion", result.json().at("/labels/0/label").asText());
    double sum =
        result.json().at("/labels/0/probability").asDouble()
            + result.json().at("/labels/1/probability").asDouble();
    assertEquals(1, sum, 1e-9);
  }

  @Test
  void errorsAreOneLineWithACode() {
    Result missing = run("embed", dir.resolve("no.png").toString(), "--model", MODEL.toString());
    assertEquals(1, missing.status());
    assertTrue(missing.err().startsWith("precordia: not-found: "), missing.err());
    assertEquals(1, missing.err().lines().count());
    Result unreachable = run("search", "--text", "x", "--url", "http://127.0.0.1:1");
    assertEquals(1, unreachable.status());
    assertTrue(unreachable.err().startsWith("precordia: not-ready: "), unreachable.err());
    Result noModel = run("embed", "--text", "x", "--model", dir.toString());
    assertTrue(noModel.err().startsWith("precordia: bad-weights: "), noModel.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "search",
        "classify",
        "search --text a --instance b",
        "serve --port x",
        "import --nope",
        "search --text a --k many"
      })
  void wrongUsageIsStatusTwo(String line) {
    Result result = run(line.split(" "));
    assertEquals(2, result.status(), result.err());
    assertTrue(result.err().startsWith("precordia: invalid-request: "), result.err());
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "import", "embed", "search", "classify", "version"})
  void everyCommandDocumentsItself(String command) {
    Result result = run(command, "--help");
    assertEquals(0, result.status());
    assertTrue(result.out().contains("Usage: precordia " + command), result.out());
    assertTrue(result.out().contains("--json"), result.out());
  }

  @Test
  void versionIsOneObject() throws IOException {
    assertTrue(run("version", "--json").json().hasNonNull("version"));
  }
}
