package io.precordia.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PEFT folders over the weights in this repository: mixed batches, isolation, refusals. */
class AdaptersOfShippedModelTest {
  private static final Path FOLDER = Path.of("models", "precordia-more");
  private static final List<String> TEXTS =
      List.of("Left pleural effusion.", "Atrial fibrillation.", "Normal chest.", "Pneumothorax.");
  @TempDir static Path dir;
  private static AdaptableEncoder encoder;

  @BeforeAll
  static void open() {
    encoder = (AdaptableEncoder) ModelFolder.open(FOLDER);
    encoder.register("a", SiteAdapters.write(dir.resolve("a"), 4, 1, List.of("query", "value")));
    encoder.register("b", SiteAdapters.write(dir.resolve("b"), 9, 2, List.of("fc1")));
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void onlyTheRowsThatNameAnAdapterChange() {
    float[][] plain = encoder.embedTexts(TEXTS);
    float[][] mixed = encoder.embed(Modality.REPORT, TEXTS, Arrays.asList(null, "a", null, "b"));
    assertArrayEquals(plain[0], mixed[0]);
    assertArrayEquals(plain[2], mixed[2]);
    assertTrue(distance(plain[1], mixed[1]) > 1e-3);
    assertTrue(distance(plain[3], mixed[3]) > 1e-3);
    // the row does not depend on who shares its batch
    float[][] alone = encoder.embed(Modality.REPORT, TEXTS.subList(1, 2), List.of("a"));
    assertTrue(distance(alone[0], mixed[1]) < 1e-5);
  }

  @Test
  void aMixedBatchComputesWhatMergedWeightsDo() {
    float[][] mixed = encoder.embed(Modality.REPORT, TEXTS, Arrays.asList("a", "b", null, "a"));
    float[][] merged = SiteAdapters.merged(FOLDER, dir.resolve("a"), TEXTS);
    assertTrue(distance(merged[0], mixed[0]) < 1e-4);
    assertTrue(distance(merged[3], mixed[3]) < 1e-4);
  }

  @Test
  void callersWithDifferentAdaptersShareAPassOfTheGate() throws Exception {
    EmbeddingGate gate =
        new EmbeddingGate(
            encoder, new GateLimits(16, Duration.ofMillis(5), 64, 1), GateListener.NONE);
    float[][] expected = encoder.embed(Modality.REPORT, TEXTS, Arrays.asList("a", "a", "b", "b"));
    ModelRef.AdapterRef a = new ModelRef.AdapterRef("site-a", "a");
    ModelRef.AdapterRef b = new ModelRef.AdapterRef("site-b", "b");
    assertEquals(List.of(a), gate.adapted(a, new Cancellation()).ref().adapters());
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i -> {
              int row = i % 4;
              float[][] got =
                  gate.adapted(row < 2 ? a : b, new Cancellation())
                      .embedTexts(TEXTS.subList(row, row + 1));
              assertTrue(distance(expected[row], got[0]) < 1e-5);
            });
  }

  @Test
  void residencyFollowsUseAndErasure() {
    Path folder = SiteAdapters.write(dir.resolve("c"), 2, 3, List.of("query"));
    encoder.register("c", folder);
    assertFalse(encoder.resident("c"));
    encoder.embed(Modality.REPORT, List.of("x"), List.of("c"));
    assertTrue(encoder.resident("c"));
    encoder.unregister("c");
    assertFalse(encoder.resident("c"));
    assertEquals(
        ErrorCode.NOT_FOUND,
        assertThrows(
                PrecordiaException.class,
                () -> encoder.embed(Modality.REPORT, List.of("x"), List.of("c")))
            .code());
  }

  @Test
  void whatDoesNotFitTheModelIsRefused() {
    assertEquals(4, encoder.inspect(dir.resolve("a")).rank());
    SiteAdapters.Fault[] faults = SiteAdapters.Fault.values();
    for (SiteAdapters.Fault fault : faults) {
      Path folder = SiteAdapters.broken(dir.resolve(fault.name()), fault);
      assertEquals(
          ErrorCode.BAD_WEIGHTS,
          assertThrows(PrecordiaException.class, () -> encoder.inspect(folder), fault.name())
              .code(),
          fault.name());
    }
  }

  private static double distance(float[] x, float @Nullable [] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.pow(x[i] - y[i], 2);
    }
    return Math.sqrt(sum);
  }
}
