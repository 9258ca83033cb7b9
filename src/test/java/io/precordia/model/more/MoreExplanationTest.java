package io.precordia.model.more;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.explain.Branch;
import io.precordia.model.explain.EcgRelevance;
import io.precordia.model.explain.Explainer;
import io.precordia.model.explain.Explanation;
import io.precordia.model.explain.ExplanationMethod;
import io.precordia.model.explain.IntegratedGradients;
import io.precordia.model.explain.Query;
import io.precordia.model.explain.Trace;
import io.precordia.model.explain.Tracer;
import io.precordia.model.explain.TransformerRelevance;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.nn.Adapters;
import io.precordia.nn.AttentionObserver;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterSet;
import io.precordia.study.Modality;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gradients against finite differences, and what a map must and must not depend on. */
final class MoreExplanationTest {
  private final MoreModel model = new MoreModel(TinyMore.config());
  private final ParameterSet weights = lively(ParameterSet.initial(model.parameters(), 4));

  /** Larger weights than a fresh model has: its attention would be flat, its gradients tiny. */
  private static ParameterSet lively(ParameterSet set) {
    set.specs()
        .forEach(
            spec -> {
              if (spec.name().contains("attention") || spec.name().contains("mlp")) {
                float[] values = set.values(spec.name());
                for (int i = 0; i < values.length; i++) {
                  values[i] *= 8;
                }
              }
            });
    return set;
  }

  private static float[] normal(int n, long seed) {
    Random random = new Random(seed);
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private double score(
      DjlOps ops, Branch branch, float[] input, float[] query, AttentionObserver by) {
    try (Scope scope = ops.scope()) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      Forward seen = by == null ? f : f.observed(by);
      long[] shape = new long[branch.input().length + 1];
      shape[0] = 1;
      System.arraycopy(branch.input(), 0, shape, 1, branch.input().length);
      Tensor tokens = branch.tokenizer().apply(seen, ops.upload(input, shape));
      float[] vector =
          ops.download(
              ops.l2Normalize(branch.head().apply(seen, branch.encoder().apply(seen, tokens))));
      double sum = 0;
      for (int d = 0; d < query.length; d++) {
        sum += (double) vector[d] * query[d];
      }
      return sum;
    }
  }

  @Test
  void theObservedPassIsTheOrdinaryPass() {
    try (DjlOps ops = DjlOps.cpu()) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      AttentionObserver observer = (path, attention) -> attention;
      MoreBatch batch = TinyMore.batch(2, 5);
      for (Modality modality : Modality.values()) {
        // reports of unequal length go through the padding mask too
        assertArrayEquals(
            ops.download(model.forward(f, batch).of(modality)),
            ops.download(model.forward(f.observed(observer), batch).of(modality)),
            1e-4f);
      }
    }
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    try (DjlOps ops = DjlOps.cpu()) {
      Tracer tracer = new Tracer(ops, new FrozenParameters(ops, weights));
      Branch branch = model.xrayBranch();
      float[] input = normal(branch.size(), 1);
      float[] query = normal(16, 2);
      Trace trace = tracer.trace(branch, Adapters.NONE, input, query);
      assertEquals(score(ops, branch, input, query, null), trace.score(), 1e-4);
      Random random = new Random(3);
      for (int n = 0; n < 12; n++) {
        int at = random.nextInt(input.length);
        float[] up = input.clone();
        float[] down = input.clone();
        up[at] += 0.02f;
        down[at] -= 0.02f;
        double expected =
            (score(ops, branch, up, query, null) - score(ops, branch, down, query, null)) / 0.04;
        assertEquals(expected, trace.inputGradient()[at], 2e-3 + 0.03 * Math.abs(expected));
      }
      for (int n = 0; n < 12; n++) {
        int block = random.nextInt(2);
        int at = random.nextInt(trace.attention().get(block).length);
        double expected =
            (score(ops, branch, input, query, nudge(ops, block, at, 0.02f))
                    - score(ops, branch, input, query, nudge(ops, block, at, -0.02f)))
                / 0.04;
        assertEquals(expected, trace.gradient().get(block)[at], 2e-3 + 0.03 * Math.abs(expected));
      }
    }
  }

  private static AttentionObserver nudge(DjlOps ops, int block, int at, float by) {
    return (path, attention) -> {
      if (!path.contains("blocks." + block + ".")) {
        return attention;
      }
      float[] add = new float[(int) attention.elements()];
      add[at] = by;
      return ops.add(attention, ops.upload(add, attention.shape()));
    };
  }

  @Test
  void attentionIsADistributionAndGradientsOfABatchAreThoseOfItsRows() {
    try (DjlOps ops = DjlOps.cpu()) {
      Tracer tracer = new Tracer(ops, new FrozenParameters(ops, weights));
      Branch branch = model.ecgBranch();
      float[] one = normal(branch.size(), 6);
      float[] query = normal(16, 7);
      Trace trace = tracer.trace(branch, Adapters.NONE, one, query);
      float[] map = trace.attention().getFirst();
      for (int row = 0; row < 20; row++) {
        double sum = 0;
        for (int key = 0; key < trace.tokens(); key++) {
          sum += map[row * trace.tokens() + key];
        }
        assertEquals(1, sum, 1e-4);
      }
      float[] two = new float[2 * one.length];
      System.arraycopy(normal(one.length, 8), 0, two, 0, one.length);
      System.arraycopy(one, 0, two, one.length, one.length);
      float[] both = tracer.gradients(branch, Adapters.NONE, two, query);
      for (int i = 0; i < one.length; i += 97) {
        assertEquals(trace.inputGradient()[i], both[one.length + i], 1e-4);
      }
    }
  }

  @Test
  void integratedGradientsAddUpToTheDifferenceOfTheScores() {
    try (DjlOps ops = DjlOps.cpu()) {
      Tracer tracer = new Tracer(ops, new FrozenParameters(ops, weights));
      Branch branch = model.xrayBranch();
      float[] input = normal(branch.size(), 1);
      float[] baseline = new float[input.length];
      java.util.Arrays.fill(baseline, 0.3f);
      float[] query = normal(16, 2);
      float[] parts =
          new IntegratedGradients(tracer, 64).of(branch, Adapters.NONE, input, baseline, query);
      double sum = 0;
      for (float p : parts) {
        sum += p;
      }
      double expected =
          score(ops, branch, input, query, null) - score(ops, branch, baseline, query, null);
      assertEquals(expected, sum, 0.05 * Math.abs(expected) + 0.02);
    }
  }

  @Test
  void relevanceUnderAFreshAdapterIsThatOfTheBaseAndMovesWithATrainedOne() {
    Lora lora =
        new Lora(
            new LoraConfig(2, 4, 0, "xray.", List.of("qkv"), LoraConfig.BiasMode.NONE),
            model.parameters());
    ParameterSet adapted = lora.attach(weights, 3);
    try (DjlOps ops = DjlOps.cpu()) {
      Branch branch = model.xrayBranch();
      float[] input = normal(branch.size(), 1);
      float[] query = normal(16, 2);
      float[] base = tokens(ops, weights, Adapters.NONE, branch, input, query);
      assertArrayEquals(base, tokens(ops, adapted, lora.hooks(), branch, input, query), 1e-3f);
      adapted.specs().stream()
          .filter(s -> s.name().contains("lora_B"))
          .forEach(s -> java.util.Arrays.fill(adapted.values(s.name()), 0.3f));
      float[] moved = tokens(ops, adapted, lora.hooks(), branch, input, query);
      assertArrayEquals(
          tokens(ops, lora.merge(adapted), Adapters.NONE, branch, input, query), moved, 2e-2f);
      double difference = 0;
      for (int i = 0; i < base.length; i++) {
        difference += Math.abs(base[i] - moved[i]);
      }
      assertTrue(difference > 1e-2, "difference " + difference);
    }
  }

  private static float[] tokens(
      DjlOps ops,
      ParameterSet set,
      Adapters adapters,
      Branch branch,
      float[] input,
      float[] query) {
    FrozenParameters parameters = new FrozenParameters(ops, set);
    Trace trace = new Tracer(ops, parameters).trace(branch, adapters, input, query);
    Forward f = Forward.evaluation(ops, parameters, adapters);
    return new TransformerRelevance(f).propagate(branch, trace, query).tokens();
  }

  @Test
  void rolloutKnowsNoQueryTheOthersDo() {
    try (DjlOps ops = DjlOps.cpu()) {
      Explainer explainer = new Explainer(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      Branch branch = model.xrayBranch();
      float[] input = normal(branch.size(), 1);
      for (ExplanationMethod method : ExplanationMethod.values()) {
        Explanation a = explainer.xray(branch, input, Query.plain(normal(16, 2)), method);
        Explanation b = explainer.xray(branch, input, Query.plain(normal(16, 9)), method);
        XrayRelevance left = (XrayRelevance) a.map().normalised();
        XrayRelevance right = (XrayRelevance) b.map().normalised();
        double difference = 0;
        for (int y = 0; y < left.rows(); y++) {
          for (int x = 0; x < left.columns(); x++) {
            assertTrue(left.cells()[y][x] >= 0, "negative relevance");
            difference += Math.abs(left.cells()[y][x] - right.cells()[y][x]);
          }
        }
        assertEquals(method == ExplanationMethod.ROLLOUT, difference < 1e-6, method.id());
      }
    }
  }

  @Test
  void theScoreIsThatOfTheWholeQueryTheMapThatOfItsOwnPart() {
    try (DjlOps ops = DjlOps.cpu()) {
      Explainer explainer = new Explainer(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      Branch branch = model.ecgBranch();
      float[] input = normal(branch.size(), 1);
      float[] whole = normal(16, 2);
      float[] own = normal(16, 9);
      Explanation a =
          explainer.ecg(branch, input, 100, new Query(whole, own), ExplanationMethod.RELEVANCE);
      Explanation b =
          explainer.ecg(branch, input, 100, Query.plain(own), ExplanationMethod.RELEVANCE);
      Explanation c =
          explainer.ecg(branch, input, 100, Query.plain(whole), ExplanationMethod.GRADIENT);
      assertEquals(c.score(), a.score(), 1e-5);
      assertArrayEquals(
          ((EcgRelevance) a.map()).leads()[0], ((EcgRelevance) b.map()).leads()[0], 1e-6f);
    }
  }

  @Test
  void withoutAQueryNothingIsRelevant() {
    try (DjlOps ops = DjlOps.cpu()) {
      Explainer explainer = new Explainer(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      EcgRelevance map =
          (EcgRelevance)
              explainer
                  .ecg(
                      model.ecgBranch(),
                      normal(12_000, 1),
                      100,
                      Query.plain(new float[16]),
                      ExplanationMethod.GRADIENT)
                  .map();
      for (float[] lead : map.leads()) {
        for (float v : lead) {
          assertEquals(0, v);
        }
      }
    }
  }

  @Test
  void onlyTheLeadThatCarriesTheSignalIsRelevant() {
    try (DjlOps ops = DjlOps.cpu()) {
      Explainer explainer = new Explainer(ops, new FrozenParameters(ops, weights), Adapters.NONE);
      float[] input = new float[12_000];
      System.arraycopy(normal(1000, 3), 0, input, 7 * 1000, 1000);
      for (ExplanationMethod method :
          List.of(
              ExplanationMethod.GRADIENT, ExplanationMethod.SALIENT, ExplanationMethod.RELEVANCE)) {
        EcgRelevance map =
            (EcgRelevance)
                explainer
                    .ecg(model.ecgBranch(), input, 100, Query.plain(normal(16, 5)), method)
                    .map();
        assertEquals(1, map.leadShares()[7], 1e-6, method.id());
        assertEquals(100, map.rateHz());
        assertEquals(1000, map.samples());
      }
    }
  }

  @Test
  void anInputOfAnotherSizeIsRefused() {
    try (DjlOps ops = DjlOps.cpu()) {
      Tracer tracer = new Tracer(ops, new FrozenParameters(ops, weights));
      assertEquals(
          ErrorCode.INVALID_ARGUMENT,
          assertThrows(
                  PrecordiaException.class,
                  () -> tracer.trace(model.ecgBranch(), Adapters.NONE, new float[5], new float[16]))
              .code());
    }
  }
}
