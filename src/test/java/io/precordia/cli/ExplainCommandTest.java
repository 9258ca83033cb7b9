package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.api.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in this process, over the shipped weights and a model that cannot explain. */
final class ExplainCommandTest {
  @TempDir private Path dir = Path.of("unset");

  private record Result(int status, String out, String err) {}

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

  private String explained(String file, byte[] content) throws IOException {
    Path path = dir.resolve(file);
    Files.write(path, content);
    return path.toString();
  }

  @Test
  void aFilmIsDrawnAndItsNumbersArePrinted() throws IOException {
    Path out = dir.resolve("heat.png");
    Result result =
        run(
            "explain",
            explained("film.png", Samples.png(3)),
            "--text",
            "pneumothorax",
            "--out",
            out.toString(),
            "--method",
            "gradient",
            "--json");
    assertEquals(0, result.status(), result.err());
    JsonNode answer = Json.MAPPER.readTree(result.out());
    assertEquals("gradient", answer.path("method").asText());
    assertEquals(14, answer.at("/xray/cells").size());
    assertEquals("precordia-more", answer.at("/model/id").asText());
    BufferedImage picture = ImageIO.read(out.toFile());
    assertEquals(64, picture.getWidth());
    assertEquals(48, picture.getHeight());
  }

  @Test
  void theSharesOfSeveralFilesSumToTheScore() throws IOException {
    Files.write(dir.resolve("e.dat"), Samples.wfdbSignal(2));
    String[] common = {"--text", "cardiomegaly", "--shares", "--json"};
    Result result =
        run(
            "explain",
            explained("film.png", Samples.png(3)),
            explained("e.hea", Samples.wfdbHeader("e", 2)),
            explained("r.txt", Samples.report("cardiomegaly", 3)),
            common[0],
            common[1],
            common[2],
            common[3]);
    assertEquals(0, result.status(), result.err());
    JsonNode answer = Json.MAPPER.readTree(result.out());
    assertEquals(3, answer.path("modalities").size());
    double sum = 0;
    for (JsonNode part : answer.path("modalities")) {
      sum += part.path("contribution").asDouble();
    }
    assertEquals(answer.path("score").asDouble(), sum, 1e-9);
    assertTrue(run("explain", "x.png", "--text", "t").status() != 0);
  }

  @Test
  void anEcgIsDrawnOnPaper() throws IOException {
    Files.write(dir.resolve("e.dat"), Samples.wfdbSignal(2));
    Path out = dir.resolve("ecg.png");
    Result result =
        run(
            "explain",
            explained("e.hea", Samples.wfdbHeader("e", 2)),
            "--text",
            "left bundle branch block",
            "--out",
            out.toString());
    assertEquals(0, result.status(), result.err());
    assertTrue(ImageIO.read(out.toFile()).getWidth() > 1000);
  }

  @Test
  void refusalsSayWhyAndWriteNothing() throws IOException {
    Path out = dir.resolve("none.png");
    String film = explained("film.png", Samples.png(3));
    Result method =
        run("explain", film, "--text", "x", "--out", out.toString(), "--method", "lime");
    assertEquals(1, method.status());
    assertTrue(method.err().contains("invalid-argument"), method.err());
    Result model =
        run(
            "explain",
            film,
            "--text",
            "x",
            "--out",
            out.toString(),
            "--model",
            Path.of("src", "test", "resources", "test-model").toString());
    assertEquals(1, model.status());
    assertTrue(model.err().contains("not-explainable"), model.err());
    Result report =
        run(
            "explain",
            explained("r.txt", Samples.report("oedema", 1)),
            "--text",
            "x",
            "--out",
            out.toString());
    assertEquals(1, report.status());
    assertTrue(report.err().contains("unsupported-modality"), report.err());
    assertFalse(Files.exists(out));
  }
}
