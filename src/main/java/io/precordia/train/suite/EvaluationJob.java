package io.precordia.train.suite;

import io.precordia.train.baseline.BaselineScores;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.Split;
import io.precordia.train.data.TrainingSupport;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.Calibrator;
import io.precordia.train.eval.EncodedGallery;
import io.precordia.train.figures.FigureDocument;
import io.precordia.train.figures.Section;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.probe.ProbeSet;
import io.precordia.train.probe.ProbeTask;
import io.precordia.train.recipe.EvalRecipe;
import io.precordia.train.robust.RobustnessCurves;
import io.precordia.train.text.FactVocabulary;
import io.precordia.weights.Checksums;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every figure of a model folder: zero-shot and subgroups, retrieval, probes, baselines, robustness
 * and calibration. Writes evaluation.json and, where the recipe names one, renews a document.
 */
public final class EvaluationJob {
  private static final int ROUGH = 200;
  private final EvalRecipe recipe;
  private final Path base;
  private final Consumer<String> progress;
  private final FactVocabulary facts = FactVocabulary.standard();
  private final ClusterBootstrap bootstrap;

  /**
   * @param progress gets the name of each part as it begins
   */
  public EvaluationJob(Path recipeFile, Consumer<String> progress) {
    this.recipe = EvalRecipe.read(recipeFile);
    Path parent = recipeFile.toAbsolutePath().getParent();
    this.base = parent == null ? Path.of("") : parent;
    this.progress = progress;
    this.bootstrap = new ClusterBootstrap(recipe.resamples(), recipe.seed());
  }

  /** Measures everything. */
  public Evaluation run() {
    long start = System.nanoTime();
    Path folder = base.resolve(recipe.model()).normalize();
    List<Section> sections = new ArrayList<>();
    try (Loaded model = Loaded.open(folder)) {
      progress.accept("data");
      Split split = Split.valueOf(recipe.split().toUpperCase(Locale.ROOT));
      Corpora data = corpora(split, recipe.simulatedCount());
      progress.accept("embeddings");
      Calibration carried = Calibration.read(folder);
      Subject subject =
          Subject.of(facts, data, model.embedder(), carried.denialWeight(), bootstrap);
      progress.accept("zero-shot");
      ZeroShotPart zeroShot = new ZeroShotPart(subject);
      sections.add(zeroShot.whole());
      sections.add(zeroShot.subgroups());
      progress.accept("retrieval");
      RetrievalPart retrieval = new RetrievalPart(subject);
      sections.add(retrieval.findings());
      sections.add(retrieval.partners());
      sections.add(retrieval.linked());
      progress.accept("calibration");
      CalibrationPart calibration = new CalibrationPart(subject, carried);
      sections.add(calibration.section());
      sections.add(calibration.vocabulary());
      if (recipe.data() != null) {
        supervised(subject, sections);
      }
      if (recipe.robustnessRecords() > 0) {
        progress.accept("robustness");
        sections.add(robustness(subject, data));
      }
      Evaluation evaluation =
          new Evaluation(
              model.name(),
              Checksums.ofFolder(folder),
              recipe.split(),
              (System.nanoTime() - start) / 1_000_000_000L,
              sections);
      write(evaluation);
      return evaluation;
    }
  }

  /**
   * Fits the probability of each fact on the recipe's split of the real data, writes it into the
   * model folder and renews the folder's checksums.
   */
  public Calibration calibrate() {
    Path folder = base.resolve(recipe.model()).normalize();
    try (Loaded model = Loaded.open(folder)) {
      Split split = Split.valueOf(recipe.split().toUpperCase(Locale.ROOT));
      int[] support =
          recipe.data() == null
              ? new int[facts.all().size()]
              : TrainingSupport.count(facts, base.resolve(recipe.data()).normalize());
      Calibration calibration =
          new Calibrator(facts, support, progress)
              .fit(recipe.split(), corpora(split, 0), model.embedder());
      calibration.write(folder);
      Checksums.write(folder);
      return calibration;
    }
  }

  private Corpora corpora(Split split, int simulated) {
    Path data = recipe.data() == null ? null : base.resolve(recipe.data()).normalize();
    return Corpora.load(facts, data, split, recipe.simulatedSeed(), simulated);
  }

  private void supervised(Subject subject, List<Section> sections) {
    List<ProbeTask> tasks = ProbeTask.standard(facts);
    Map<ProbeTask, ProbeSet> tests = new LinkedHashMap<>();
    for (ProbeTask task : tasks) {
      EncodedGallery test = subject.of(task.source());
      tests.put(task, task.set(test.gallery().studies(), test.features()));
    }
    TestAnswers answers = new TestAnswers(tests, bootstrap);
    Map<ProbeTask, double[]> probeScores = Map.of();
    if (recipe.probes()) {
      progress.accept("embeddings of the training split");
      Map<String, EncodedGallery> train = encoded(Split.TRAIN, subject, tasks);
      Map<String, EncodedGallery> val = encoded(Split.VAL, subject, tasks);
      Map<String, EncodedGallery> test = new LinkedHashMap<>();
      tasks.forEach(t -> test.put(t.source(), subject.of(t.source())));
      progress.accept("probes");
      ProbePart probes = new ProbePart(tasks, train, val, test, answers);
      probeScores = probes.scores();
      sections.add(probes.probes());
      progress.accept("few-shot");
      sections.add(probes.fewShot());
    }
    if (recipe.baselines() != null) {
      sections.add(
          new BaselinePart(
                  BaselineScores.read(base.resolve(recipe.baselines()).normalize()),
                  tasks,
                  subject,
                  answers)
              .section(probeScores));
    }
  }

  private Map<String, EncodedGallery> encoded(Split split, Subject subject, List<ProbeTask> tasks) {
    Corpora data = corpora(split, 0);
    Map<String, EncodedGallery> out = new LinkedHashMap<>();
    for (ProbeTask task : tasks) {
      out.computeIfAbsent(
          task.source(),
          s -> EncodedGallery.of(task.modality(), task.studies(data), subject.embedder()));
    }
    return out;
  }

  private Section robustness(Subject subject, Corpora data) {
    RobustnessCurves curves =
        new RobustnessCurves(
            recipe.robustnessRecords(),
            subject.embedder(),
            subject.denialWeight(),
            new ClusterBootstrap(Math.min(ROUGH, recipe.resamples()), recipe.seed()));
    curves.films("Kermany", data.kermany(), facts.get("pneumonia"));
    curves.ecgs("PTB-XL", data.ptbxl(), List.copyOf(facts.superclasses().values()));
    return curves.section("robustness");
  }

  private void write(Evaluation evaluation) {
    evaluation.write(base.resolve(recipe.output()).normalize());
    if (recipe.document() != null) {
      new FigureDocument(base.resolve(recipe.document()).normalize())
          .renew(
              evaluation.sections(),
              Map.of("model", evaluation.summary(), "goals", new GoalTable(evaluation).markdown()));
    }
  }
}
