package io.precordia.adapter.compose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.TinyAdapters;
import io.precordia.adapter.TinyNet;
import io.precordia.adapter.TopKSoftmax;
import io.precordia.nn.Adapters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Identities of the specification's entries 11, 16, 29 and 59. */
class ComposeTest {
  private final TinyNet net = new TinyNet();
  private final DjlOps ops = DjlOps.cpu();
  private final ParameterSet base = net.random(5);
  private final LowRankAdapter a = TinyAdapters.random(2, 0.5, 1, "query", "fc1");
  private final LowRankAdapter b = TinyAdapters.random(3, 2, 2, "query", "fc2");

  @AfterEach
  void close() {
    ops.close();
  }

  private float[] run(LowRankAdapter adapter) {
    return net.evaluate(ops, adapter.on(base), adapter.adaptation().hooks(), 2, 4);
  }

  private float[] plain(ParameterSet set) {
    return net.evaluate(ops, set, Adapters.NONE, 2, 4);
  }

  private float[] mixed(AdapterMixture mixture, MixtureWeights weights) {
    return net.evaluate(ops, mixture.on(base), mixture.hooks(weights), 2, 4);
  }

  private static double[] delta(LowRankAdapter adapter, String path) {
    LowRankSite site = adapter.at(path).orElseThrow();
    double[] out = new double[site.layer().out() * site.layer().in()];
    for (int o = 0; o < site.layer().out(); o++) {
      System.arraycopy(
          site.deltaRow(adapter.values(), o), 0, out, o * site.layer().in(), site.layer().in());
    }
    return out;
  }

  private static final String QUERY = "blocks.0.attention.query";

  @Test
  void stackingIsTheExactWeightedSum() {
    LowRankAdapter sum = Stacking.stack(List.of(new Weighted(a, 0.3), new Weighted(b, 0.7)));
    assertEquals(5, sum.at(QUERY).orElseThrow().rank());
    double[] expected = new double[64];
    Arrays.setAll(expected, i -> 0.3 * delta(a, QUERY)[i] + 0.7 * delta(b, QUERY)[i]);
    assertArrayEquals(expected, delta(sum, QUERY), 1e-6);
    LowRankAdapter turned = Stacking.stack(List.of(new Weighted(b, 0.7), new Weighted(a, 0.3)));
    assertArrayEquals(delta(sum, QUERY), delta(turned, QUERY), 1e-12);
    assertArrayEquals(run(a), run(Stacking.stack(List.of(new Weighted(a, 1)))), 1e-5f);
    assertArrayEquals(
        run(sum),
        plain(TaskArithmetic.apply(base, List.of(new Weighted(a, 0.3), new Weighted(b, 0.7)))),
        1e-5f);
    // What averaging the factors would give is something else.
    LowRankAdapter twin = TinyAdapters.random(2, 0.5, 9, "query", "fc1");
    double[] crossed = new double[64];
    for (int o = 0; o < 8; o++) {
      for (int r = 0; r < 2; r++) {
        for (int i = 0; i < 8; i++) {
          crossed[o * 8 + i] +=
              0.5
                  * (half(a, twin, QUERY + ".lora_B.weight", o * 2 + r)
                      * half(a, twin, QUERY + ".lora_A.weight", r * 8 + i));
        }
      }
    }
    double[] right =
        delta(Stacking.stack(List.of(new Weighted(a, 0.5), new Weighted(twin, 0.5))), QUERY);
    double gap = 0;
    for (int i = 0; i < 64; i++) {
      gap = Math.max(gap, Math.abs(right[i] - crossed[i]));
    }
    assertTrue(gap > 0.01, "cross terms " + gap);
  }

  private static double half(LowRankAdapter x, LowRankAdapter y, String name, int i) {
    return (x.values().values(name)[i] + y.values().values(name)[i]) / 2.0;
  }

  @Test
  void arithmeticAddsAndTakesBack() {
    ParameterSet with = TaskArithmetic.apply(base, List.of(new Weighted(a, 1)));
    assertArrayEquals(run(a), plain(with), 1e-5f);
    assertArrayEquals(
        base.values(QUERY + ".weight"),
        TaskArithmetic.apply(with, List.of(new Weighted(a, -1))).values(QUERY + ".weight"),
        1e-6f);
  }

  @Test
  void compressingSaysWhatItLost() {
    LowRankAdapter doubled = Stacking.stack(List.of(new Weighted(a, 1), new Weighted(a, 1)));
    Stacking.Compressed exact = Stacking.compress(doubled, 2);
    assertEquals(2, exact.adapter().at(QUERY).orElseThrow().rank());
    assertEquals(0, exact.error(), 1e-6);
    assertArrayEquals(delta(doubled, QUERY), delta(exact.adapter(), QUERY), 1e-6);
    Stacking.Compressed lossy = Stacking.compress(b, 1);
    assertTrue(lossy.error() > 0.01 && lossy.error() < 1);
  }

  @Test
  void legoKeepsTheSumAtFullRankAndIgnoresOrderAndGauge() {
    LowRankAdapter whole = LegoMerge.merge(List.of(a, b), 5, false, 1);
    LowRankAdapter sum = Stacking.stack(List.of(new Weighted(a, 1), new Weighted(b, 1)));
    for (LowRankSite site : sum.sites()) {
      assertArrayEquals(delta(sum, site.path()), delta(whole, site.path()), 1e-5, site.path());
    }
    LowRankAdapter merged = LegoMerge.merge(List.of(a, b), 3, true, 1);
    assertEquals(3, merged.at(QUERY).orElseThrow().rank());
    assertArrayEquals(
        delta(merged, QUERY), delta(LegoMerge.merge(List.of(b, a), 3, true, 1), QUERY), 1e-9);
    assertArrayEquals(
        delta(merged, QUERY),
        delta(LegoMerge.merge(List.of(turned(a), b), 3, true, 1), QUERY),
        1e-4);
    // Copies of one adapter at its own rank are that adapter: centroid = member, factors 1.
    assertArrayEquals(
        delta(a, QUERY), delta(LegoMerge.merge(List.of(a, a, a), 2, true, 7), QUERY), 1e-5);
    assertArrayEquals(
        delta(a, QUERY), delta(LegoMerge.merge(List.of(a, a), 2, false, 7), QUERY), 1e-5);
  }

  /** The same change with units swapped, signs turned and lengths moved from B to A. */
  private static LowRankAdapter turned(LowRankAdapter adapter) {
    ParameterSet values = adapter.values().copy();
    for (LowRankSite site : adapter.sites()) {
      float[] down = values.values(site.down());
      float[] up = values.values(site.up());
      float[] oldDown = down.clone();
      float[] oldUp = up.clone();
      for (int i = 0; i < site.layer().in(); i++) {
        down[i] = -4 * oldDown[site.layer().in() + i];
        down[site.layer().in() + i] = oldDown[i];
      }
      for (int o = 0; o < site.layer().out(); o++) {
        up[o * 2] = oldUp[o * 2 + 1] / -4;
        up[o * 2 + 1] = oldUp[o * 2];
      }
    }
    return new LowRankAdapter(adapter.sites(), values);
  }

  @Test
  void clustersAreNeverEmpty() {
    List<double[]> same = java.util.Collections.nCopies(6, new double[] {1, 2});
    int[] of = KMeans.assign(same, 4, 3);
    assertEquals(4, Arrays.stream(of).distinct().count());
    assertArrayEquals(of, KMeans.assign(same, 4, 3));
    List<double[]> two =
        List.of(
            new double[] {0},
            new double[] {10},
            new double[] {0.1},
            new double[] {9.9},
            new double[] {0.2});
    int[] split = KMeans.assign(two, 2, 5);
    assertEquals(split[0], split[2]);
    assertEquals(split[0], split[4]);
    assertEquals(split[1], split[3]);
    assertFalse(split[0] == split[1]);
  }

  private MixtureWeights constant(float... weights) {
    return (f, path, x) ->
        f.ops()
            .broadcast(
                f.ops().upload(weights, 1, 1, weights.length),
                x.size(0),
                x.size(1),
                weights.length);
  }

  @Test
  void oneHotWeightsAreTheSingleAdapterAndZerosTheBase() {
    AdapterMixture mixture = new AdapterMixture(List.of(a, b));
    assertArrayEquals(run(a), mixed(mixture, constant(1, 0)), 1e-5f);
    assertArrayEquals(run(b), mixed(mixture, constant(0, 1)), 1e-5f);
    assertArrayEquals(plain(base), mixed(mixture, constant(0, 0)), 1e-6f);
    assertArrayEquals(plain(base), mixed(mixture, (f, path, x) -> null));
    assertArrayEquals(
        run(Stacking.stack(List.of(new Weighted(a, 0.5), new Weighted(b, 0.5)))),
        mixed(mixture, constant(0.5f, 0.5f)),
        1e-5f);
  }

  @Test
  void meteoraGatesChooseByToken() {
    AdapterMixture mixture = new AdapterMixture(List.of(a, b));
    MeteoraGates all = new MeteoraGates(mixture, 2, 1);
    ParameterSet set = mixture.on(base);
    // Six layers: two with queries, two fc1, two fc2.
    assertEquals(
        2L * 2 * (TinyNet.WIDTH * 2 + TinyNet.HIDDEN),
        all.parameters().stream().mapToLong(ParameterSpec::count).sum());
    all.parameters().forEach(s -> set.put(s, new float[s.count()]));
    assertArrayEquals(
        mixed(mixture, constant(0.5f, 0.5f)),
        net.evaluate(ops, set, mixture.hooks(all), 2, 4),
        1e-5f);
    MeteoraGates one = new MeteoraGates(mixture, 1, 1);
    // Equal logits: the tie goes to the first.
    assertArrayEquals(run(a), net.evaluate(ops, set, mixture.hooks(one), 2, 4), 1e-5f);
    all.parameters().forEach(s -> set.put(s, s.initializer().values(s.count(), 3, s.name())));
    onlyGatesTrain(mixture, all, set);
  }

  private void onlyGatesTrain(AdapterMixture mixture, MeteoraGates gates, ParameterSet set) {
    try (TrainableParameters weights =
        new TrainableParameters(ops, set, s -> gates.parameters().contains(s) ? s.name() : null)) {
      try (Scope scope = ops.scope();
          Recording recording = ops.record()) {
        weights.refresh();
        var f = io.precordia.nn.Forward.training(ops, weights, mixture.hooks(gates));
        Tensor out = net.apply(f, TinyNet.input(ops, 2, 4));
        Tensor hint = gates.supervision(f, QUERY, TinyNet.input(ops, 2, 4), new int[] {0, 1});
        ops.backward(ops.add(ops.meanAll(ops.multiply(out, out)), hint));
      }
      for (String group : weights.groups()) {
        float[] gradient = weights.block(group).readGradient();
        assertTrue(gradient != null && !Arrays.equals(gradient, new float[gradient.length]), group);
      }
    }
  }

  @Test
  void topKOfSoftmaxEqualsSoftmaxOfTopKAtTemperatureOne() {
    try (Scope scope = ops.scope()) {
      Tensor logits = ops.upload(new float[] {1, 3, 2, -1, 0, 0, 0, 0}, 2, 4);
      float[] p = ops.download(ops.softmax(logits));
      float[] w = ops.download(TopKSoftmax.weights(ops, logits, 2, 1));
      assertArrayEquals(
          new float[] {0, p[1] / (p[1] + p[2]), p[2] / (p[1] + p[2]), 0, 0.5f, 0.5f, 0, 0},
          w,
          1e-6f);
      float[] warm = ops.download(TopKSoftmax.weights(ops, logits, 2, 100));
      assertEquals(0.5, warm[1], 0.01);
      // Normalised per token, not over the whole batch.
      float[] kept =
          ops.download(
              XLoraScalings.scalings(ops, logits, new XLoraScalings.Settings(true, 1, 2, true, 1)));
      assertEquals(1, kept[0] + kept[1] + kept[2] + kept[3], 1e-6);
      assertEquals(1, kept[4] + kept[5] + kept[6] + kept[7], 1e-6);
      float[] plain =
          ops.download(
              XLoraScalings.scalings(
                  ops, logits, new XLoraScalings.Settings(true, 1, 2, false, 3)));
      assertArrayEquals(new float[] {0, 3 * p[1], 3 * p[2], 0}, Arrays.copyOf(plain, 4), 1e-5f);
    }
  }

  @Test
  void xloraScalesByTokenAndLayer() {
    AdapterMixture mixture = new AdapterMixture(List.of(a, b));
    int layers = mixture.layers().size();
    try (Scope scope = ops.scope()) {
      float[] hot = new float[2 * 3 * layers * 2];
      for (int i = 0; i < hot.length; i += 2) {
        hot[i + 1] = 1;
      }
      XLoraScalings.Settings raw = new XLoraScalings.Settings(false, 1, 0, false, 1);
      assertArrayEquals(
          run(b),
          mixed(mixture, XLoraScalings.of(ops, ops.upload(hot, 2, 3, layers, 2), mixture, raw)),
          1e-5f);
      assertArrayEquals(
          mixed(mixture, constant(0.5f, 0.5f)),
          mixed(
              mixture,
              XLoraScalings.of(ops, ops.full(0, 2, 3, 1, 2), mixture, XLoraScalings.Settings.PEFT)),
          1e-5f);
      AdapterMixture single = new AdapterMixture(List.of(a));
      assertArrayEquals(
          run(a),
          mixed(
              single,
              XLoraScalings.of(ops, ops.full(-3, 2, 3, 1, 1), single, XLoraScalings.Settings.PEFT)),
          1e-5f);
    }
  }
}
