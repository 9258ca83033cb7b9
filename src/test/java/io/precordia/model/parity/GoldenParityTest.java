package io.precordia.model.parity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import io.precordia.weights.HostArray;
import io.precordia.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference library's outputs for every folder of {@code ../shared/goldens} known here. */
class GoldenParityTest {
  private static final Path GOLDENS = Path.of("..", "shared", "goldens");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vit",
        "dinov2",
        "bert",
        "roberta",
        "clip",
        "siglip",
        "image_processing",
        "training"
      })
  void everyOutputIsTheReferences(String name) {
    Path folder = GOLDENS.resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "no goldens beside the checkout");
    Parity parity =
        new Parity(
            ServiceLoader.load(Replay.class).stream().map(ServiceLoader.Provider::get).toList());
    try (DjlOps ops = DjlOps.cpu()) {
      List<Deviation> found = parity.check(folder, ops);
      assertFalse(found.isEmpty());
      assertAll(found.stream().map(d -> () -> assertTrue(d.passed(), d.toString())));
    }
  }

  /** Answers with what it is given, so that the comparison itself can be tried. */
  private record Fixed(Map<String, Replayed> answer) implements Replay {
    @Override
    public boolean replays(Golden golden) {
      return true;
    }

    @Override
    public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
      return answer;
    }
  }

  private static HostArray row(float... values) {
    return new HostArray(new long[] {values.length}, values);
  }

  @Test
  void wrongOutputsAndGradientsAreFound(@TempDir Path folder) {
    Map<String, HostArray> reference = new LinkedHashMap<>();
    reference.put("states", row(1, 2));
    reference.put("grad.big", row(1, 0));
    reference.put("grad.small", row(1e-3f, 0));
    reference.put("grad.noise", row(1e-9f, 0));
    reference.put("gone", row(1));
    SafetensorsWriter.write(
        folder.resolve("outputs.safetensors"), reference, ElementType.F32, Map.of());
    Map<String, Replayed> answer =
        Map.of(
            "states", Replayed.of(row(1, 2.001f)),
            "grad.big", Replayed.of(row(1, 0)),
            "grad.small", Replayed.of(row(1e-3f, 2e-6f)),
            "grad.noise", Replayed.of(row(-1e-9f, 0)));
    try (DjlOps ops = DjlOps.cpu()) {
      Map<String, Boolean> passed = new LinkedHashMap<>();
      new Parity(List.of(new Fixed(answer)))
          .check(folder, ops)
          .forEach(d -> passed.put(d.output(), d.passed()));
      assertEquals(
          Map.of(
              "states", false,
              "grad.big", true,
              "grad.small", false,
              "grad.noise", true,
              "gone", false),
          passed);
    }
  }

  @Test
  void aFolderThatNothingReplaysIsNamed(@TempDir Path folder) {
    SafetensorsWriter.write(
        folder.resolve("outputs.safetensors"), Map.of("x", row(1)), ElementType.F32, Map.of());
    try (DjlOps ops = DjlOps.cpu()) {
      PrecordiaException e =
          assertThrows(
              PrecordiaException.class,
              () -> new Parity(List.of(new TextReplay())).check(folder, ops));
      assertEquals(ErrorCode.UNSUPPORTED_FORMAT, e.code());
    }
  }
}
