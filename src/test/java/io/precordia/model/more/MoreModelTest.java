package io.precordia.model.more;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.DropKey;
import io.precordia.nn.Forward;
import io.precordia.nn.FrozenParameters;
import io.precordia.nn.ParameterFile;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.study.Modality;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.optim.AdamW;
import io.precordia.train.optim.AdamWConfig;
import io.precordia.train.optim.InfoNce;
import io.precordia.train.optim.ParameterGroups;
import io.precordia.train.optim.StepSeed;
import io.precordia.weights.ElementType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoreModelTest {
  private DjlOps ops;
  private final MoreModel model = new MoreModel(TinyMore.config());

  @BeforeEach
  void open() {
    ops = DjlOps.cpu();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private static float[] require(float[] values) {
    assertNotNull(values);
    return values;
  }

  private float[] evaluate(ParameterSet set, Adapters adapters, MoreBatch batch) {
    try (Scope scope = ops.scope()) {
      MoreEmbeddings e =
          model.forward(Forward.evaluation(ops, new FrozenParameters(ops, set), adapters), batch);
      float[][] parts = new float[3][];
      Tensor[] tensors = {e.xray(), e.ecg(), e.report()};
      int length = 0;
      for (int i = 0; i < 3; i++) {
        parts[i] = tensors[i] == null ? new float[0] : ops.download(tensors[i]);
        length += parts[i].length;
      }
      float[] out = Arrays.copyOf(parts[0], length);
      System.arraycopy(parts[1], 0, out, parts[0].length, parts[1].length);
      System.arraycopy(parts[2], 0, out, parts[0].length + parts[1].length, parts[2].length);
      return out;
    }
  }

  @Test
  void anySubsetOfModalitiesGivesTheSameRows() {
    ParameterSet set = ParameterSet.initial(model.parameters(), 1);
    float[] all = evaluate(set, Adapters.NONE, TinyMore.batch(3, 5));
    assertEquals(3 * 3 * 16, all.length);
    assertArrayEquals(
        Arrays.copyOfRange(all, 48, 96),
        evaluate(set, Adapters.NONE, MoreBatch.empty().withEcgs(TinyMore.ecgs(3, 5))),
        1e-5f);
    try (Scope scope = ops.scope()) {
      Forward f = Forward.evaluation(ops, new FrozenParameters(ops, set), Adapters.NONE);
      MoreEmbeddings e = model.forward(f, MoreBatch.empty().withReports(TinyMore.reports(3, 5)));
      assertNull(e.xray());
      assertNull(e.ecg());
      assertArrayEquals(
          Arrays.copyOfRange(all, 96, 144), ops.download(e.of(Modality.REPORT)), 1e-5f);
    }
  }

  @Test
  void octetsAndNormalisedValuesGiveTheSameXrays() {
    ParameterSet set = ParameterSet.initial(model.parameters(), 1);
    byte[] octets = TinyMore.xrays(2, 3);
    float[] values = new float[octets.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (((octets[i] & 0xff) / 255.0 - 0.499) / 0.293);
    }
    assertArrayEquals(
        evaluate(set, Adapters.NONE, MoreBatch.empty().withXrays(values)),
        evaluate(set, Adapters.NONE, MoreBatch.empty().withXrays(octets)),
        1e-4f);
  }

  @Test
  void reportEmbeddingDoesNotDependOnPadding() {
    ParameterSet set = ParameterSet.initial(model.parameters(), 1);
    int[] shorter = {3, 4, 5};
    int[] longer = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 11, 12};
    float[] alone =
        evaluate(set, Adapters.NONE, MoreBatch.empty().withReports(new int[][] {shorter}));
    float[] padded =
        evaluate(set, Adapters.NONE, MoreBatch.empty().withReports(new int[][] {longer, shorter}));
    assertArrayEquals(alone, Arrays.copyOfRange(padded, 16, 32), 1e-5f);
  }

  @Test
  void wrongInputsAreRefused() {
    ParameterSet set = ParameterSet.initial(model.parameters(), 1);
    for (MoreBatch bad :
        new MoreBatch[] {
          MoreBatch.empty().withEcgs(new float[12 * 999]),
          MoreBatch.empty().withXrays(new byte[SIDE_SQUARED - 1]),
          MoreBatch.empty().withReports(new int[][] {{}}),
          MoreBatch.empty().withReports(new int[][] {{50}}),
          MoreBatch.empty().withReports(new int[][] {new int[21]})
        }) {
      assertThrows(PrecordiaException.class, () -> evaluate(set, Adapters.NONE, bad));
    }
  }

  private static final int SIDE_SQUARED = TinyMore.SIDE * TinyMore.SIDE;

  /** Trains on one fixed batch. */
  private final class Run implements AutoCloseable {
    final ParameterGroups groups;
    final TrainableParameters weights;
    final AdamW optimizer;
    final Adapters adapters;

    Run(
        ParameterSet start,
        java.util.function.Predicate<ParameterSpec> trainable,
        Adapters adapters) {
      groups = ParameterGroups.standard(0.05, trainable);
      weights = new TrainableParameters(ops, start, groups.assignment());
      optimizer = new AdamW(ops, weights, groups, AdamWConfig.standard());
      this.adapters = adapters;
    }

    float step(long step, double rate) {
      ops.seed(StepSeed.of(9, step));
      try (Scope scope = ops.scope()) {
        float value;
        try (Recording recording = ops.record()) {
          weights.refresh();
          MoreEmbeddings e =
              model.forward(Forward.training(ops, weights, adapters), TinyMore.batch(8, 2));
          InfoNce loss = new InfoNce(ops, weights.get(MoreModel.TEMPERATURE));
          Tensor total =
              loss.anchored(
                  e.of(Modality.XRAY), e.of(Modality.ECG), e.of(Modality.REPORT), 0.5, null);
          ops.backward(total);
          value = ops.download(total)[0];
        }
        optimizer.step(rate);
        return value;
      }
    }

    @Override
    public void close() {
      weights.close();
    }
  }

  @Test
  void trainingLowersTheLossAndMovesEverything() {
    ParameterSet start = ParameterSet.initial(model.parameters(), 1);
    try (Run run = new Run(start, p -> true, Adapters.NONE)) {
      float first = run.step(0, 3e-3);
      float last = 0;
      for (int i = 1; i < 8; i++) {
        last = run.step(i, 3e-3);
      }
      assertTrue(last < 0.5 * first, first + " to " + last);
      ParameterSet end = run.weights.snapshot();
      for (ParameterSpec spec : end.specs()) {
        boolean unused = spec.name().equals("report.embeddings.position_embeddings.weight");
        assertTrue(
            unused || !Arrays.equals(start.values(spec.name()), end.values(spec.name())),
            spec.name() + " did not move");
      }
    }
  }

  @Test
  void resumedRunEqualsUninterruptedBitForBit() {
    ParameterSet start = ParameterSet.initial(model.parameters(), 1);
    ParameterSet straight;
    ParameterSet half;
    AdamW.State state;
    try (Run run = new Run(start, p -> true, Adapters.NONE)) {
      run.step(0, 1e-3);
      run.step(1, 1e-3);
      half = run.weights.snapshot();
      state = run.optimizer.state();
      run.step(2, 1e-3);
      run.step(3, 1e-3);
      straight = run.weights.snapshot();
    }
    try (Run run =
        new Run(ParameterSet.initial(model.parameters(), 77), p -> true, Adapters.NONE)) {
      run.weights.restore(half);
      run.optimizer.restore(state);
      run.step(2, 1e-3);
      run.step(3, 1e-3);
      ParameterSet resumed = run.weights.snapshot();
      for (ParameterSpec spec : straight.specs()) {
        assertArrayEquals(straight.values(spec.name()), resumed.values(spec.name()), spec.name());
      }
    }
  }

  @Test
  void evaluationIgnoresDropKeyAndTrainingDoesNot() {
    ParameterSet set = ParameterSet.initial(model.parameters(), 1);
    MoreBatch batch = TinyMore.batch(2, 4);
    MoreModel without = new MoreModel(TinyMore.config(DropKey.OFF));
    try (Scope scope = ops.scope()) {
      FrozenParameters weights = new FrozenParameters(ops, set);
      Forward evaluation = Forward.evaluation(ops, weights, Adapters.NONE);
      assertArrayEquals(
          ops.download(without.forward(evaluation, batch).of(Modality.XRAY)),
          ops.download(model.forward(evaluation, batch).of(Modality.XRAY)));
      Forward training = Forward.training(ops, weights, Adapters.NONE).withoutStatistics();
      float[] plain = ops.download(without.forward(training, batch).of(Modality.XRAY));
      assertFalse(
          Arrays.equals(plain, ops.download(model.forward(training, batch).of(Modality.XRAY))));
    }
  }

  @Test
  void loraStartsAtTheBaseTrainsOnlyItsPartAndMerges() {
    ParameterSet base = ParameterSet.initial(model.parameters(), 1);
    ReportLora lora = new ReportLora(model);
    ParameterSet start = lora.adaptation().attach(base, 3);
    MoreBatch batch = TinyMore.batch(3, 6);
    assertArrayEquals(
        evaluate(base, Adapters.NONE, batch), evaluate(start, lora.adaptation().hooks(), batch));
    ParameterSet trained;
    try (Run run = new Run(start, lora.trainable(), lora.adaptation().hooks())) {
      run.step(0, 1e-3);
      Map<String, float[]> before = new HashMap<>();
      start.specs().forEach(s -> before.put(s.name(), start.values(s.name())));
      ParameterSet after = run.weights.snapshot();
      for (ParameterSpec spec : after.specs()) {
        if (spec.name().startsWith("report.")) {
          boolean moved = !Arrays.equals(before.get(spec.name()), after.values(spec.name()));
          boolean may = lora.adaptation().trainable(spec);
          assertEquals(may, moved, spec.name());
        }
      }
      for (int i = 1; i < 4; i++) {
        run.step(i, 1e-2);
      }
      trained = run.weights.snapshot();
    }
    float[] adapted = evaluate(trained, lora.adaptation().hooks(), batch);
    assertFalse(Arrays.equals(adapted, evaluate(trained, Adapters.NONE, batch)));
    ParameterSet merged = lora.adaptation().merge(trained);
    assertArrayEquals(adapted, evaluate(merged, Adapters.NONE, batch), 1e-4f);
    ParameterSet back = lora.adaptation().unmerge(merged, trained);
    assertArrayEquals(adapted, evaluate(back, lora.adaptation().hooks(), batch), 1e-4f);
  }

  @Test
  void savedWeightsComeBack(@TempDir Path folder) {
    ParameterSet set = ParameterSet.initial(model.parameters(), 1);
    Path file = folder.resolve("model.safetensors");
    ParameterFile.save(set, file, ElementType.F32, Map.of("step", "3"));
    ParameterSet loaded = ParameterFile.load(folder, model.parameters());
    for (ParameterSpec spec : set.specs()) {
      assertArrayEquals(set.values(spec.name()), loaded.values(spec.name()));
    }
    ParameterFile.save(set, file, ElementType.F16, Map.of());
    ParameterSet half = ParameterFile.load(folder, model.parameters());
    assertArrayEquals(set.values("xray.cls_token"), half.values("xray.cls_token"), 1e-4f);
    MoreModel other = new MoreModel(MoreConfig.small(100));
    assertThrows(PrecordiaException.class, () -> ParameterFile.load(folder, other.parameters()));
  }

  @Test
  void initialisationDependsOnSeedAndNameOnly() {
    ParameterSet a = ParameterSet.initial(model.parameters(), 1);
    assertArrayEquals(
        a.values("xray.cls_token"),
        ParameterSet.initial(model.parameters().reversed(), 1).values("xray.cls_token"));
    assertFalse(Arrays.equals(a.values("xray.cls_token"), a.values("ecg.cls_token")));
    assertFalse(
        Arrays.equals(
            a.values("xray.cls_token"),
            ParameterSet.initial(model.parameters(), 2).values("xray.cls_token")));
    // Fixed for ever: a change of generator would change every seeded run.
    assertEquals(require(a.values("xray.cls_token")).length, 32);
    for (float v : a.values("report.embeddings.word_embeddings.weight")) {
      assertTrue(Math.abs(v) <= 0.04f + 1e-6f);
    }
  }
}
