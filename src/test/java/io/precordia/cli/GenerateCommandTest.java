package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.serve.generate.TinyLanguageModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  @TempDir Path dir;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    out.reset();
    err.reset();
    return new CommandRunner(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(args);
  }

  @Test
  void itPrintsTheContinuationOrOneJsonObject() throws IOException {
    String model = TinyLanguageModels.llama(dir.resolve("tiny"), "").toString();
    assertEquals(
        0, run("generate", "--model", model, "--prompt", "w3 w14", "--max-tokens", "5", "--json"));
    JsonNode answer = Json.MAPPER.readTree(out.toString(StandardCharsets.UTF_8));
    assertEquals(5, answer.path("new_tokens").asInt());
    assertEquals("tiny", answer.path("model").path("id").asText());
    assertEquals(0, run("generate", "--model", model, "--prompt", "w3 w14", "--max-tokens", "5"));
    assertEquals(answer.path("text_output").asText(), out.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void anotherKindOfModelFailsWithItsCode() throws IOException {
    Files.writeString(dir.resolve("config.json"), "{\"model_type\":\"bert\"}");
    assertEquals(1, run("generate", "--model", dir.toString(), "--prompt", "w3"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("not-generative"), err.toString());
  }
}
