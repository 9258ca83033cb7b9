package io.precordia.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterFile;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.AdamWUpdate;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.weights.ElementType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adaptation method must do, over all registered ones. */
class AdaptationContractTest {
  private static final int RANK = 2;
  private static final String GROUP = "adapter";

  private final TinyNet net = new TinyNet();
  private final DjlOps ops = DjlOps.cpu();
  private final ParameterSet base = net.random(5);

  static List<String> methods() {
    return AdaptationMethods.ids();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private static LoraConfig config(String method, LoraConfig.BiasMode bias) {
    List<String> targets =
        switch (method) {
          case "glu" -> List.of("query", "value", "fc1");
          case "lora-ffn" -> List.of("fc1", "fc2");
          default -> List.of("query", "value", "fc1", "mlp.fc2");
        };
    return new LoraConfig(RANK, 3, 0, "blocks.", targets, bias);
  }

  private Adaptation create(String method) {
    return AdaptationMethods.create(
        method, config(method, LoraConfig.BiasMode.NONE), net.parameters());
  }

  /** An adapter that has trained: every added parameter away from its start. */
  private ParameterSet trained(Adaptation adaptation) {
    return TinyNet.randomised(
        adaptation.attach(base, 3), 8, s -> adaptation.parameters().contains(s));
  }

  private float[] output(ParameterSet set, Adaptation adaptation) {
    return net.evaluate(ops, set, adaptation.hooks(), 2, 4);
  }

  private float[] plain(ParameterSet set) {
    return net.evaluate(ops, set, io.precordia.nn.Adapters.NONE, 2, 4);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void baseAtInit(String method) {
    Adaptation adaptation = create(method);
    assertArrayEquals(plain(base), output(adaptation.attach(base, 3), adaptation), 2e-5f);
    assertFalse(Arrays.equals(plain(base), output(trained(adaptation), adaptation)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void mergedEqualsUnmerged(String method) {
    Adaptation adaptation = create(method);
    ParameterSet adapted = trained(adaptation);
    if (!adaptation.mergeable()) {
      var refused = assertThrows(PrecordiaException.class, () -> adaptation.merge(adapted));
      assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
      assertThrows(PrecordiaException.class, () -> adaptation.unmerge(base, adapted));
      return;
    }
    ParameterSet merged = adaptation.merge(adapted);
    assertEquals(base.specs(), merged.specs());
    assertArrayEquals(output(adapted, adaptation), plain(merged), 2e-5f);
    assertArrayEquals(output(trained(adaptation), adaptation), output(adapted, adaptation));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void unmergeRestores(String method) {
    Adaptation adaptation = create(method);
    if (!adaptation.mergeable()) {
      return;
    }
    ParameterSet adapted = trained(adaptation);
    ParameterSet back = adaptation.unmerge(adaptation.merge(adapted), adapted);
    assertEquals(adapted.specs(), back.specs());
    for (ParameterSpec spec : adapted.specs()) {
      assertArrayEquals(adapted.values(spec.name()), back.values(spec.name()), 2e-6f, spec.name());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void trainableCount(String method) {
    int d = TinyNet.WIDTH;
    int h = TinyNet.HIDDEN;
    int perBlock =
        switch (method) {
          case "lora", "rslora", "dylora" -> 2 * RANK * 2 * d + 2 * RANK * (d + h);
          case "dora" -> 2 * RANK * 2 * d + 2 * RANK * (d + h) + 3 * d + h;
          case "lora-ffn" -> 2 * RANK * (d + h);
          case "glu" -> 2 * 3 * d * RANK;
          case "houlsby" -> 3 * (2 * RANK * d + RANK + d) + (2 * RANK * h + RANK + h);
          case "ia3" -> d + d + h + h;
          default -> throw new AssertionError("state the count of " + method);
        };
    Adaptation adaptation = create(method);
    assertEquals(2L * perBlock, adaptation.attach(base, 1).count(adaptation::trainable));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void saveLoadIdentity(String method, @TempDir Path folder) {
    Adaptation adaptation = create(method);
    ParameterSet adapted = trained(adaptation);
    ParameterSet only = new ParameterSet();
    adaptation.parameters().forEach(s -> only.put(s, adapted.values(s.name())));
    Path file = folder.resolve("adapter.safetensors");
    ParameterFile.save(only, file, ElementType.F32, Map.of());
    ParameterSet loaded = ParameterFile.load(file, adaptation.parameters());
    ParameterSet again = adaptation.attach(base, 77);
    loaded.specs().forEach(s -> again.put(s, loaded.values(s.name())));
    assertArrayEquals(output(adapted, adaptation), output(again, adaptation));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void onlyListedParamsMove(String method) {
    for (LoraConfig.BiasMode bias : LoraConfig.BiasMode.values()) {
      Adaptation adaptation =
          AdaptationMethods.create(method, config(method, bias), net.parameters());
      ParameterSet start = trained(adaptation);
      try (TrainableParameters weights = parameters(start, adaptation)) {
        gradient(weights, adaptation);
        weights.block(GROUP).adamW(new AdamWUpdate(1, 1e-2, 0.9, 0.999, 1e-8, 0, 1));
        ParameterSet after = weights.snapshot();
        for (ParameterSpec spec : start.specs()) {
          boolean moved = !Arrays.equals(start.values(spec.name()), after.values(spec.name()));
          assertEquals(adaptation.trainable(spec), moved, method + " " + bias + " " + spec.name());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void gradCheck(String method) {
    Adaptation adaptation = create(method);
    if (adaptation instanceof Dora dora) {
      // As shipped the norm counts as constant, which no difference quotient can see.
      adaptation = new Dora(dora.sites(), 0, true, LoraConfig.BiasMode.NONE, "");
    }
    ParameterSet start = trained(adaptation);
    try (TrainableParameters weights = parameters(start, adaptation)) {
      float[] gradient = gradient(weights, adaptation);
      ParameterBlock block = weights.block(GROUP);
      float[] theta = block.read();
      double error = 0;
      double norm = 0;
      float step = 4e-3f;
      for (int i = 0; i < theta.length; i += 7) {
        double up = lossAt(weights, block, theta, i, step, adaptation);
        double down = lossAt(weights, block, theta, i, -step, adaptation);
        double numeric = (up - down) / (2 * step);
        error += Math.pow(numeric - gradient[i], 2);
        norm += numeric * numeric;
      }
      assertTrue(norm > 0 && Math.sqrt(error / norm) < 1e-2, "error " + Math.sqrt(error / norm));
    }
  }

  private TrainableParameters parameters(ParameterSet set, Adaptation adaptation) {
    return new TrainableParameters(ops, set, s -> adaptation.trainable(s) ? GROUP : null);
  }

  private float[] gradient(TrainableParameters weights, Adaptation adaptation) {
    try (Scope scope = ops.scope();
        Recording recording = ops.record()) {
      weights.refresh();
      ops.backward(loss(Forward.training(ops, weights, adaptation.hooks())));
    }
    float[] gradient = weights.block(GROUP).readGradient();
    assertNotNull(gradient);
    return gradient;
  }

  private double lossAt(
      TrainableParameters weights,
      ParameterBlock block,
      float[] theta,
      int i,
      float step,
      Adaptation adaptation) {
    float[] moved = theta.clone();
    moved[i] += step;
    block.write(moved);
    try (Scope scope = ops.scope()) {
      weights.refresh();
      return ops.download(loss(Forward.evaluation(ops, weights, adaptation.hooks())))[0];
    }
  }

  private Tensor loss(Forward f) {
    Tensor out = net.apply(f, TinyNet.input(ops, 2, 4));
    Random random = new Random(9);
    float[] w = new float[Math.toIntExact(out.elements())];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) random.nextGaussian();
    }
    return ops.meanAll(ops.multiply(out, ops.upload(w, out.shape())));
  }
}
