package io.precordia.train.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is interrupted after every step ends with the same bytes as one that is not. */
class TrainJobTest {
  private static final String RECIPE =
      """
      name: tiny
      version: "0"
      seed: 5
      device: cpu
      data: null
      output: %s
      model: {stem: 8, drop_key_first: 0.2, drop_key_last: 0.0}
      start: %s
      vocabulary: 600
      simulator: {seed: 1, count: 12, validation_seed: 2, validation_count: 12}
      validate_every: 100
      stages:
        - {steps: 1, batch: 3, peak: 1.0e-3, floor: 1.0e-5, warmup: 0, decay: 0.05, simulated: 1.0, kermany: 0.0, xray_ecg: 0.1, regions: 0, focus: [], focus_share: 0, objective: masked, masking: true, lora: false}
        - {steps: 2, batch: 3, peak: 1.0e-3, floor: 1.0e-5, warmup: 1, decay: 0.05, simulated: 1.0, kermany: 0.0, xray_ecg: 0.1, regions: 0.5, focus: [], focus_share: 0, objective: infonce, masking: true, lora: false}
        - {steps: 2, batch: 3, peak: 1.0e-3, floor: 1.0e-5, warmup: 1, decay: 0.05, simulated: 1.0, kermany: 0.0, xray_ecg: 0.1, regions: 0, focus: [], focus_share: 0, objective: infonce, masking: true, lora: true}
      """;
  @TempDir Path dir;

  @Test
  void interruptedRunsResumeBitForBit() throws IOException, InterruptedException {
    assertTrue(job("whole", "null", Duration.ofMinutes(5)).run());
    boolean finished = false;
    for (int i = 0; i < 5 && !finished; i++) {
      finished = job("parts", "null", Duration.ZERO).run();
    }
    assertTrue(finished);
    assertArrayEquals(checkpoint("whole"), checkpoint("parts"));
    assertFalse(Files.readString(dir.resolve("whole/metrics.jsonl")).contains("NaN,"));
  }

  @Test
  void aRunStartsFromTheWeightsOfAFolder() throws IOException, InterruptedException {
    Path shipped = Path.of("models", "precordia-more").toAbsolutePath();
    assertFalse(job("warm", shipped.toString(), Duration.ZERO).run());
    assertArrayEquals(
        Files.readAllBytes(shipped.resolve("tokenizer.json")),
        Files.readAllBytes(dir.resolve("warm/tokenizer.json")));
    // One step moves no weight far from where it started.
    try (WeightSource before = WeightSource.open(shipped.resolve("model.safetensors"));
        WeightSource after = WeightSource.open(dir.resolve("warm/checkpoint.safetensors"))) {
      String weight = before.names().stream().sorted().findFirst().orElseThrow();
      float[] a = before.floats(weight);
      float[] b = after.floats("model:" + weight);
      for (int i = 0; i < a.length; i++) {
        assertEquals(a[i], b[i], 5e-3);
      }
    }
  }

  /**
   * A learning rate beyond all measure: the weights are gone after one step, the next loss is NaN.
   */
  @Test
  void aMissingStartIsToldBeforeAnythingIsMade() {
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class,
            () -> job("cold", dir.resolve("nowhere").toString(), Duration.ZERO));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    assertFalse(Files.exists(dir.resolve("cold")));
  }

  @Test
  void aLossThatIsNotFiniteStopsWithItsBatchKept() throws IOException {
    Path recipe = dir.resolve("wild.yaml");
    Files.writeString(
        recipe,
        RECIPE
            .formatted("wild", "null")
            .replaceAll("(?m)^.*objective: masked.*\n", "")
            .replace("steps: 2", "steps: 4")
            .replace("peak: 1.0e-3", "peak: 1.0e+38"));
    PrecordiaException e =
        assertThrows(
            PrecordiaException.class,
            () ->
                new TrainJob(
                        recipe,
                        Duration.ofMinutes(5),
                        new PrintStream(OutputStream.nullOutputStream()))
                    .run());
    assertEquals(ErrorCode.NOT_FINITE, e.code());
    try (WeightSource kept = WeightSource.open(dir.resolve("wild/failed-batch.safetensors"))) {
      assertEquals(3 * 224 * 224, kept.floats("xray_octets").length);
      assertEquals(3 * 12 * 1000, kept.floats("ecg_values").length);
      assertTrue(kept.names().contains("text_5"), kept.names().toString());
    }
  }

  private TrainJob job(String output, String start, Duration budget) throws IOException {
    Path recipe = dir.resolve(output + ".yaml");
    Files.writeString(recipe, RECIPE.formatted(output, start));
    return new TrainJob(recipe, budget, new PrintStream(OutputStream.nullOutputStream()));
  }

  private byte[] checkpoint(String output) throws IOException {
    return Files.readAllBytes(dir.resolve(output).resolve("checkpoint.safetensors"));
  }
}
