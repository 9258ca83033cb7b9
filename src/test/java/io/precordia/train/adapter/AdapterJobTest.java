package io.precordia.train.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.adapter.AdaptationMethods;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.data.SimulatedCorpus;
import io.precordia.train.data.StudySample;
import io.precordia.train.optim.TrainingStep;
import io.precordia.train.recipe.AdapterRecipe;
import io.precordia.train.text.FactVocabulary;
import io.precordia.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterJobTest {
  private static final Path SHIPPED = Path.of("models", "precordia-more").toAbsolutePath();
  private static final List<SitePair> PAIRS = pairs();
  @TempDir Path dir;

  private static List<SitePair> pairs() {
    SimulatedCorpus corpus = new SimulatedCorpus(FactVocabulary.standard(), new XrayPreprocessor());
    List<SitePair> out = new ArrayList<>();
    for (StudySample s : corpus.make(4711, 10)) {
      out.add(SitePair.ofXray(s.subject(), s.xray(), s.texts(Modality.XRAY).getFirst().text()));
      out.add(SitePair.ofEcg(s.subject(), s.ecg(), s.texts(Modality.ECG).getFirst().text()));
    }
    return out;
  }

  /** All three branches are adapted, so that gradients pass every kind of layer. */
  private static AdapterRecipe recipe(String method, long seed, double validation) {
    return new AdapterRecipe(
        "adapter",
        "tiny",
        "unused",
        method,
        2,
        4,
        0.1,
        "",
        List.of("query", "qkv", "fc2"),
        null,
        null,
        "cpu",
        3,
        3,
        1e-3,
        1e-5,
        1,
        seed,
        validation,
        "unused",
        null);
  }

  private AdapterOutcome run(String output, AdapterRecipe recipe, List<SitePair> pairs) {
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
    return new AdapterJob(recipe, SHIPPED, dir.resolve(output), Duration.ofMinutes(5), silent)
        .run(pairs);
  }

  private byte[] weights(String output) throws IOException {
    return Files.readAllBytes(dir.resolve(output).resolve("adapter/adapter_model.safetensors"));
  }

  @Test
  void theSameSeedGivesTheSameBytesAndMetricsNameNobody() throws IOException {
    AdapterOutcome first = run("a", recipe("lora", 1, 0.3), PAIRS);
    AdapterOutcome second = run("b", recipe("lora", 1, 0.3), PAIRS);
    assertArrayEquals(weights("a"), weights("b"));
    assertEquals(first.figures(), second.figures());
    assertEquals(3, first.steps());
    assertNotNull(first.loss());
    assertFalse(first.figures().isEmpty());
    run("c", recipe("lora", 2, 0.3), PAIRS);
    assertFalse(Arrays.equals(weights("a"), weights("c")));
    String metrics = Files.readString(dir.resolve("a/metrics.jsonl"));
    assertTrue(metrics.contains("validation_loss") && metrics.contains("served"), metrics);
    assertFalse(metrics.contains("NaN"), metrics);
    assertFalse(metrics.contains("4711"), "ids of subjects");
  }

  @Test
  void onlyFactorsAreWrittenAndAllOfThemLearn() throws IOException {
    AdapterOutcome outcome = run("r", recipe("rslora", 1, 0), PAIRS);
    assertNull(outcome.loss());
    assertEquals(3, outcome.keptStep());
    try (WeightSource source =
        WeightSource.open(dir.resolve("r/adapter/adapter_model.safetensors"))) {
      for (String name : source.names()) {
        assertTrue(name.matches(".*\\.lora_[AB]\\.weight"), name);
        boolean moved = false;
        for (float v : source.floats(name)) {
          moved |= v != 0;
        }
        assertTrue(moved, name + " is still zero");
      }
      assertTrue(source.names().stream().anyMatch(n -> n.contains("model.xray.")));
      assertTrue(source.names().stream().anyMatch(n -> n.contains("model.ecg.")));
    }
  }

  @Test
  void aStepLeavesTheBaseAndItsStatisticsAlone() {
    MoreModel model = new MoreModel(MoreFolder.readConfig(SHIPPED).config());
    ParameterSet base = MoreFolder.readWeights(SHIPPED, model.config());
    AdapterRecipe recipe = recipe("lora", 1, 0);
    PairSplit split = PairSplit.of(PAIRS, 0, 1);
    try (ReportTokenizer tokenizer = ReportTokenizer.load(SHIPPED.resolve("tokenizer.json"));
        DifferentiableOps ops = DjlOps.cpu();
        AdapterRun run =
            new AdapterRun(
                ops,
                model,
                AdaptationMethods.create("lora", recipe.settings(), model.parameters()),
                recipe,
                base)) {
      PairSampler sampler = new PairSampler(split, Map.of(), tokenizer, 160, 224, 3, 1);
      TrainingStep first = run.step(sampler.make(0), 0);
      assertTrue(first.gradientNorm() > 0);
      run.step(sampler.make(1), 1);
      ParameterSet after = run.snapshot();
      for (ParameterSpec spec : base.specs()) {
        assertArrayEquals(base.values(spec.name()), after.values(spec.name()), spec.name());
      }
    }
  }

  @Test
  void aBatchHasEachSubjectOnceAndDependsOnTheStepAlone() {
    List<SitePair> twice = new ArrayList<>(PAIRS);
    twice.addAll(PAIRS);
    PairSplit split = PairSplit.of(twice, 0, 1);
    try (ReportTokenizer tokenizer = ReportTokenizer.load(SHIPPED.resolve("tokenizer.json"))) {
      PairBatch all = new PairSampler(split, Map.of(), tokenizer, 160, 224, 64, 1).make(5);
      assertEquals(10, all.xrayGroups().length);
      assertEquals(10, all.ecgGroups().length);
      PairBatch again = new PairSampler(split, Map.of(), tokenizer, 160, 224, 64, 1).make(5);
      assertArrayEquals(all.xrays(), again.xrays());
      assertArrayEquals(all.ecgs(), again.ecgs());
      assertNotEquals(
          Arrays.hashCode(all.xrays()),
          Arrays.hashCode(
              new PairSampler(split, Map.of(), tokenizer, 160, 224, 64, 1).make(6).xrays()));
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeTraining() {
    PrecordiaException few =
        assertThrows(
            PrecordiaException.class, () -> run("f", recipe("lora", 1, 0.3), PAIRS.subList(0, 6)));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, few.code());
    assertFalse(Files.exists(dir.resolve("f/adapter")));
  }
}
