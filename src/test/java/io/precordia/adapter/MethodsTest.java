package io.precordia.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What single methods promise beyond the contract. */
class MethodsTest {
  private final TinyNet net = new TinyNet();
  private final DjlOps ops = DjlOps.cpu();
  private final ParameterSet base = net.random(5);

  @AfterEach
  void close() {
    ops.close();
  }

  private static LoraConfig config(int rank, String... targets) {
    return new LoraConfig(rank, 4, 0, "", List.of(targets), LoraConfig.BiasMode.NONE);
  }

  @Test
  void unknownMethodsAndTargetsAreNamed() {
    var unknown =
        assertThrows(
            PrecordiaException.class,
            () -> AdaptationMethods.create("magic", config(2, "query"), net.parameters()));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, unknown.code());
    assertThrows(
        PrecordiaException.class,
        () -> AdaptationMethods.create("glu", config(2, "fc1", "fc2"), net.parameters()));
    assertThrows(
        PrecordiaException.class,
        () -> AdaptationMethods.create("ia3", config(2, "uery"), net.parameters()));
  }

  @Test
  void rankStabilisedScalesByTheRoot() {
    assertEquals(
        2, Lora.rankStabilised(config(4, "query"), net.parameters()).sites().get(0).scaling());
    assertEquals(1, new Lora(config(4, "query"), net.parameters()).sites().get(0).scaling());
  }

  @Test
  void everyPrefixOfDyloraIsALora() {
    Dylora dylora = new Dylora(config(4, "query", "fc2"), net.parameters());
    ParameterSet adapted =
        TinyNet.randomised(dylora.attach(base, 3), 8, s -> dylora.parameters().contains(s));
    for (int b = 1; b <= 4; b++) {
      LowRankAdapter cut = dylora.truncated(adapted, b);
      assertEquals(4.0 / b, cut.sites().get(0).scaling());
      assertArrayEquals(
          net.evaluate(ops, cut.on(base), cut.adaptation().hooks(), 2, 4),
          net.evaluate(ops, adapted, dylora.hooks(b, false), 2, 4),
          1e-6f);
    }
    ParameterSet tail = adapted.copy();
    float[] a = tail.values("blocks.0.attention.query.lora_A.weight");
    a[2 * TinyNet.WIDTH] += 7;
    assertArrayEquals(
        net.evaluate(ops, adapted, dylora.hooks(2, false), 2, 4),
        net.evaluate(ops, tail, dylora.hooks(2, false), 2, 4));
    assertFalse(
        java.util.Arrays.equals(
            net.evaluate(ops, adapted, dylora.hooks(3, false), 2, 4),
            net.evaluate(ops, tail, dylora.hooks(3, false), 2, 4)));
    assertThrows(IllegalArgumentException.class, () -> dylora.hooks(5, false));
    frozenMovesOnlyOneIndex(dylora, adapted);
  }

  private void frozenMovesOnlyOneIndex(Dylora dylora, ParameterSet adapted) {
    String name = "blocks.1.attention.query.lora_A.weight";
    try (TrainableParameters weights =
        new TrainableParameters(ops, adapted, s -> s.name().equals(name) ? "a" : null)) {
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        weights.refresh();
        Tensor out =
            net.apply(
                Forward.training(ops, weights, dylora.hooks(3, true)), TinyNet.input(ops, 2, 4));
        ops.backward(ops.meanAll(ops.multiply(out, out)));
      }
      float[] gradient = weights.block("a").readGradient();
      assertNotNull(gradient);
      for (int i = 0; i < gradient.length; i++) {
        assertEquals(i / TinyNet.WIDTH == 2, gradient[i] != 0, "element " + i);
      }
    }
  }

  @Test
  void doraNormIsConstantForTheGradientUnlessAsked() {
    List<LowRankSite> sites = new Dora(config(2, "query"), net.parameters()).sites();
    Dora shipped = new Dora(sites, 0, false, LoraConfig.BiasMode.NONE, "");
    Dora exact = new Dora(sites, 0, true, LoraConfig.BiasMode.NONE, "");
    ParameterSet adapted =
        TinyNet.randomised(shipped.attach(base, 3), 8, s -> shipped.parameters().contains(s));
    assertArrayEquals(
        net.evaluate(ops, adapted, exact.hooks(), 2, 4),
        net.evaluate(ops, adapted, shipped.hooks(), 2, 4));
    List<float[]> gradients = new ArrayList<>();
    for (Dora dora : List.of(shipped, exact)) {
      try (TrainableParameters weights =
          new TrainableParameters(ops, adapted, s -> dora.trainable(s) ? s.name() : null)) {
        try (Scope scope = ops.scope();
            Recording recording = ops.record()) {
          weights.refresh();
          Tensor out =
              net.apply(Forward.training(ops, weights, dora.hooks()), TinyNet.input(ops, 2, 4));
          ops.backward(ops.meanAll(ops.multiply(out, out)));
        }
        for (LowRankSite site : sites.subList(1, 2)) {
          gradients.add(weights.block(Dora.magnitude(site)).readGradient());
          gradients.add(weights.block(site.up()).readGradient());
        }
      }
    }
    assertArrayEquals(gradients.get(0), gradients.get(2), 1e-6f);
    assertFalse(java.util.Arrays.equals(gradients.get(1), gradients.get(3)));
  }

  @Test
  void doraDropoutThinsTheChangeOnly() {
    LoraConfig config = new LoraConfig(2, 4, 0.5, "", List.of("fc1"), LoraConfig.BiasMode.NONE);
    Dora dora = new Dora(config, net.parameters());
    ParameterSet start = dora.attach(base, 3);
    try (TrainableParameters weights = new TrainableParameters(ops, start, s -> null);
        Scope scope = ops.scope()) {
      weights.refresh();
      // At the start the change is zero, so that dropout has nothing to thin.
      float[] out =
          ops.download(
              net.apply(Forward.training(ops, weights, dora.hooks()), TinyNet.input(ops, 2, 4)));
      assertArrayEquals(net.evaluate(ops, base, Adapters.NONE, 2, 4), out, 1e-5f);
    }
  }

  @Test
  void groupsAreBlocksWithTheStatedNorms() {
    List<ParameterSpec> wide = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      new Linear("blocks." + i + ".mlp.fc1", 256, 512, true).declare(wide::add);
      new Linear("blocks." + i + ".mlp.fc2", 512, 256, true).declare(wide::add);
    }
    LoraConfig config =
        new LoraConfig(8, 1, 0, "", List.of("fc1", "fc2"), LoraConfig.BiasMode.NONE);
    GroupedLora first = new GroupedLora(config, wide);
    GroupedLora later = new GroupedLora(config, wide, false);
    assertEquals(6, first.groups().size());
    first.groups().values().forEach(g -> assertEquals(4, g.size()));
    ParameterSet empty = ParameterSet.initial(wide, 1);
    assertEquals(13.856, sum(first, first.attach(empty, 2)), 0.02 * 13.856);
    assertEquals(4.753, sum(later, later.attach(empty, 2)), 0.02 * 4.753);
    ParameterSet zero = first.attach(empty, 2);
    first.parameters().forEach(s -> zero.put(s, new float[s.count()]));
    try (TrainableParameters weights =
        new TrainableParameters(ops, zero, s -> first.trainable(s) ? "g" : null)) {
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        weights.refresh();
        Tensor penalty = first.penalty(Forward.training(ops, weights, first.hooks()));
        assertEquals(0, ops.download(penalty)[0], 1e-10);
        ops.backward(ops.meanAll(penalty));
      }
      float[] gradient = weights.block("g").readGradient();
      assertNotNull(gradient);
      for (float g : gradient) {
        assertEquals(0, g);
      }
      weights.restore(first.attach(empty, 2));
      weights.block("g").zeroGradient();
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        weights.refresh();
        ops.backward(ops.meanAll(first.penalty(Forward.training(ops, weights, first.hooks()))));
        Tensor square = weights.block("g").gradientSquaredNorm();
        assertNotNull(square);
        assertEquals(6, ops.download(square)[0], 1e-3, "norm 1 in each of six groups");
      }
    }
  }

  private static double sum(GroupedLora lora, ParameterSet set) {
    return lora.groupNorms(set).values().stream().mapToDouble(v -> v).sum();
  }

  @Test
  void pillCountsItsAdaptersOncePerInput() {
    List<ParameterSpec> llama = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      for (String name : List.of("q_proj", "k_proj", "v_proj")) {
        new Linear("layers." + i + ".self_attn." + name, 4096, 4096, false).declare(llama::add);
      }
    }
    GluAdapter glu = new GluAdapter(config(32, "q_proj", "k_proj", "v_proj"), llama);
    assertEquals(
        32L * 393_216,
        glu.parameters().stream().mapToLong(ParameterSpec::count).sum(),
        "3·d·r per layer, section 1.3");
  }

  @Test
  void gatedUnitMatchesTheSpecVector() {
    List<ParameterSpec> spec = new ArrayList<>();
    new Linear("m.fc", 4, 4, false).declare(spec::add);
    GluAdapter glu = new GluAdapter(config(3, "fc"), spec);
    ParameterSet set = new ParameterSet();
    set.put(spec.get(0), new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});
    put(set, glu, "m.glu_adapter.down.weight", 0.31);
    put(set, glu, "m.glu_adapter.gate.weight", 0.36);
    put(set, glu, "m.glu_adapter.up.weight", 0.41);
    try (Scope scope = ops.scope()) {
      float[] x = fill(12, 0.8);
      Forward f =
          Forward.evaluation(ops, new io.precordia.nn.FrozenParameters(ops, set), glu.hooks());
      float[] y = ops.download(new Linear("m.fc", 4, 4, false).apply(f, ops.upload(x, 1, 3, 4)));
      double[] expected = {
        0.4454007538, 0.6529802694, -0.0088994716, -0.6589293477, 0.1635574048, 0.2556308884,
        0.0073255694, -0.250733925, 0.4020995329, 0.5753695447, -0.0174791151, -0.5870539041
      };
      for (int i = 0; i < 12; i++) {
        assertEquals(expected[i], y[i] - x[i], 2e-6);
      }
    }
  }

  private static void put(ParameterSet set, Adaptation method, String name, double k) {
    ParameterSpec spec =
        method.parameters().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    set.put(spec, fill(spec.count(), k));
  }

  private static float[] fill(int n, double k) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) (0.7 * Math.sin(k * (i + 1)));
    }
    return out;
  }

  @Test
  void lowRankAdapterRefusesFactorsThatContradictTheRank() {
    LowRankSite site = new LowRankSite(new LinearSite("a", 4, 4), 2, 1);
    ParameterSet values = new ParameterSet();
    site.factors().forEach(s -> values.put(s, new float[s.count()]));
    LowRankSite other = new LowRankSite(site.layer(), 3, 1);
    assertTrue(new LowRankAdapter(List.of(site), values).at("a").isPresent());
    assertThrows(PrecordiaException.class, () -> new LowRankAdapter(List.of(other), values));
  }
}
