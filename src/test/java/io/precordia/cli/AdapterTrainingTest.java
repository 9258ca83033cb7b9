package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.precordia.ingest.ImportProgress;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.AdapterSummary;
import io.precordia.serve.ModelFolder;
import io.precordia.serve.adapters.AdapterRegistry;
import io.precordia.study.Modality;
import io.precordia.weights.Checksums;
import io.precordia.weights.WeightSource;
import io.precordia.workspace.DemoData;
import io.precordia.workspace.TestEncoder;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.WorkspaceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} with an adapter recipe, on a data directory of simulated studies. */
class AdapterTrainingTest {
  private static final Path SHIPPED = Path.of("models", "precordia-more").toAbsolutePath();
  private static final String TEXT = "Large left pleural effusion.";
  @TempDir static Path shared = Path.of("unset");
  @TempDir private Path dir = Path.of("unset");

  private record Run(int status, String out, String err) {}

  @BeforeAll
  static void fill() {
    try (Workspace w = Workspace.open(data(), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      new DemoData(w).fill(12, 9, ImportProgress.NONE);
    }
  }

  private static Path data() {
    return shared.resolve("data");
  }

  private Run train(String output, String filter, String register) throws IOException {
    Path recipe =
        Files.writeString(
            dir.resolve(output + ".yaml"),
            Files.readString(Path.of("recipes", "site-adapter.yaml"))
                .replace("../models/precordia-more", SHIPPED.toString())
                .replace("../data", data().toString())
                .replace("../runs/site-adapter", output)
                .replace("filter: null", "filter: " + filter)
                .replace("register: site", "register: " + register)
                .replaceAll("(?m)^steps: .*", "steps: 3")
                .replaceAll("(?m)^batch: .*", "batch: 4")
                .replaceAll("(?m)^warmup: .*", "warmup: 1")
                .replaceAll("(?m)^peak: .*", "peak: 5.0e-3"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new CommandRunner(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run("train", recipe.toString(), "--json");
    return new Run(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aTrainedAdapterIsRegisteredAndChangesEmbeddings() throws IOException {
    String before = Checksums.ofFolder(SHIPPED);
    Run run = train("first", "null", "north-wing");
    assertEquals(0, run.status(), run.err());
    JsonNode result = Json.MAPPER.readTree(run.out());
    assertEquals(3, result.path("steps").asInt());
    assertFalse(result.path("figures").isEmpty());
    Path adapter = dir.resolve("first/adapter");
    assertEquals(adapter.toString(), result.path("adapter").asText());
    try (Stream<Path> files = Files.list(adapter)) {
      assertEquals(
          List.of("adapter_config.json", "adapter_model.safetensors"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    try (WeightSource source = WeightSource.open(adapter.resolve("adapter_model.safetensors"))) {
      assertEquals(2 * 6 * 4, source.names().size(), "two factors of six layers in four blocks");
    }
    try (AdaptableEncoder encoder = (AdaptableEncoder) ModelFolder.open(SHIPPED)) {
      AdapterSummary summary = encoder.inspect(adapter);
      assertEquals(8, summary.rank());
      assertTrue(summary.targets().stream().allMatch(t -> t.startsWith("report.blocks.")));
      AdapterRegistry registry = new AdapterRegistry(data().resolve("adapters"), encoder);
      String digest = registry.get("north-wing").sha256();
      assertEquals(digest, result.at("/registered/sha256").asText());
      float[] plain = encoder.embedTexts(List.of(TEXT))[0];
      float[] adapted = encoder.embed(Modality.REPORT, List.of(TEXT), List.of(digest))[0];
      assertFalse(Arrays.equals(plain, adapted));
      assertArrayEquals(plain, encoder.embedTexts(List.of(TEXT))[0]);
    }
    assertEquals(before, Checksums.ofFolder(SHIPPED), "the base is as it was");

    Run again = train("second", "null", "null");
    assertEquals(0, again.status(), again.err());
    assertTrue(Json.MAPPER.readTree(again.out()).path("registered").isMissingNode());
    assertArrayEquals(
        Files.readAllBytes(adapter.resolve("adapter_model.safetensors")),
        Files.readAllBytes(dir.resolve("second/adapter/adapter_model.safetensors")));
  }

  @Test
  void aFilterChoosesEvidence() throws IOException {
    Run run = train("ecgs", "'modality:ecg'", "null");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("xray_pairs=0"), run.err());
    assertTrue(run.err().contains("ecg_pairs=10"), run.err());
  }

  @Test
  void whatCannotBeTrainedIsSaid() throws IOException {
    Run few = train("few", "'site:Nowhere'", "null");
    assertEquals(1, few.status());
    assertTrue(few.err().contains("found 0 X-ray-report pairs of 0 subjects"), few.err());
    assertTrue(few.err().contains("invalid-configuration"), few.err());
    assertTrue(train("odd", "'colour:red'", "null").err().contains("unknown filter key"));
    assertTrue(train("name", "null", "'North Wing'").err().contains("invalid-configuration"));
    try (Workspace w = Workspace.open(data(), TestEncoder::new, WorkspaceOptions.DEFAULT)) {
      assertTrue(train("busy", "null", "null").err().contains("conflict"));
      assertTrue(w.records().studies() > 0);
    }
  }
}
