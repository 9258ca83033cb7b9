package io.precordia.train.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The reference implementation's loss, gradients and optimiser steps ({@code goldens/training}).
 */
class TrainingGoldenTest {
  private static final Path GOLDEN =
      Path.of("..", "shared", "goldens", "training", "outputs.safetensors");

  @BeforeEach
  void needsGolden() {
    Assumptions.assumeTrue(Files.isRegularFile(GOLDEN), "no goldens beside the checkout");
  }

  private static void assertClose(float[] expected, float[] actual, double tolerance) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(actual[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertTrue(Math.sqrt(error / norm) <= tolerance, "relative error " + Math.sqrt(error / norm));
  }

  @Test
  void symmetricInfoNceAndItsGradients() {
    try (SafetensorsFile golden = SafetensorsFile.open(GOLDEN);
        DjlOps ops = DjlOps.cpu();
        ParameterBlock image = ops.parameters(golden.floats("image"));
        ParameterBlock text = ops.parameters(golden.floats("text"));
        Scope scope = ops.scope();
        Recording recording = ops.record()) {
      // The golden loss takes rows that are normalised already, so its gradient is not projected:
      // go without the loss's own normalisation.
      Tensor a = image.views(List.of(new long[] {6, 16})).getFirst();
      Tensor b = text.views(List.of(new long[] {6, 16})).getFirst();
      Tensor logTemperature = ops.full(Math.log(0.07), 1);
      InfoNce loss = new InfoNce(ops, logTemperature);
      assertClose(golden.floats("clip_loss"), ops.download(loss.symmetric(a, b, null)), 1e-5);
      ops.backward(loss.ofSimilarity(ops.matmul(a, b, true), null));
      assertClose(golden.floats("clip_grad_image"), notNull(image.readGradient()), 1e-4);
      assertClose(golden.floats("clip_grad_text"), notNull(text.readGradient()), 1e-4);
    }
  }

  private static float[] notNull(float @Nullable [] values) {
    assertNotNull(values);
    return values;
  }

  @Test
  void tenAdamWStepsUnderWarmRestarts() {
    try (SafetensorsFile golden = SafetensorsFile.open(GOLDEN);
        DjlOps ops = DjlOps.cpu()) {
      ParameterSet start = new ParameterSet();
      start.put(
          new ParameterSpec("w", new long[] {5, 4}, ParameterSpec.Role.WEIGHT, Initializer.ZEROS),
          golden.floats("adamw_w0"));
      ParameterGroups groups =
          new ParameterGroups(spec -> "all", Map.of("all", new ParameterGroups.Options(0.1, 1)));
      Schedule schedule = new Schedule.CosineRestarts(1e-2, 1e-4, 4, 1);
      try (TrainableParameters weights = new TrainableParameters(ops, start, groups.assignment())) {
        AdamW optimizer = new AdamW(ops, weights, groups, new AdamWConfig(0.9, 0.98, 1e-8, 0));
        for (int i = 0; i < 10; i++) {
          double rate = schedule.rate(i);
          assertEquals(golden.floats("adamw_lr" + i)[0], rate, 1e-9);
          try (Scope scope = ops.scope()) {
            try (Recording recording = ops.record()) {
              weights.refresh();
              Tensor y =
                  ops.matmul(weights.get("w"), ops.upload(golden.floats("adamw_A"), 4, 4), false);
              ops.backward(ops.affine(ops.meanAll(ops.multiply(y, y)), 20, 0));
            }
            optimizer.step(rate);
          }
          assertClose(golden.floats("adamw_w" + (i + 1)), weights.snapshot().values("w"), 1e-5);
        }
        assertEquals(10, optimizer.steps());
        assertTrue(
            Arrays.stream(optimizer.state().moments().keySet().toArray()).allMatch("all"::equals));
      }
    }
  }
}
