package io.precordia.train.loop;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.DropKey;
import io.precordia.nn.ParameterSet;
import io.precordia.report.ReportTokenizer;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.Split;
import io.precordia.train.data.TokenizerCorpus;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.eval.ZeroShot;
import io.precordia.train.export.ModelExport;
import io.precordia.train.optim.TrainingStep;
import io.precordia.train.recipe.Recipe;
import io.precordia.train.text.FactVocabulary;
import io.precordia.train.text.TextComposer;
import io.precordia.train.text.TokenizerFile;
import io.precordia.train.text.WordPieceTrainer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a recipe: data, tokenizer, stages, validation, export. A run that stops (time used up, or
 * killed) goes on from its last checkpoint when it is started again with the same recipe; the
 * result is the same bit for bit as that of an uninterrupted run on the same device.
 *
 * <p>Gradients are not accumulated: one micro-batch is one optimiser step, and its own rows are the
 * only negatives.
 */
public final class TrainJob {
  private static final int CHECKPOINT_EVERY = 500;
  private static final int WORDPIECE_MIN_COUNT = 2;

  private final Recipe recipe;
  private final PrintStream progress;
  private final long deadline;
  private final FactVocabulary facts = FactVocabulary.standard();
  private final Path output;
  private final Path checkpoint;
  private final Path tokenizerFile;
  private final MetricsFile metrics;
  private final @Nullable Path data;
  private final @Nullable Path start;
  private double best = Double.NEGATIVE_INFINITY;

  /**
   * @param recipeFile YAML; relative paths in it start at its folder
   * @param budget the run stops with a checkpoint when it is used up
   * @param progress one line now and then
   * @throws PrecordiaException INVALID_CONFIGURATION
   */
  public TrainJob(Path recipeFile, Duration budget, PrintStream progress) {
    this.recipe = Recipe.read(recipeFile);
    this.progress = progress;
    this.deadline = System.nanoTime() + budget.toNanos();
    Path base = recipeFile.toAbsolutePath().getParent();
    Path from = base == null ? Path.of("") : base;
    this.output = from.resolve(recipe.output()).normalize();
    this.data = recipe.data() == null ? null : from.resolve(recipe.data()).normalize();
    this.start = recipe.start() == null ? null : from.resolve(recipe.start()).normalize();
    if (start != null && !Files.isRegularFile(start.resolve(ModelExport.TOKENIZER))) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION, "recipe: start: no model folder at " + start);
    }
    this.checkpoint = output.resolve("checkpoint.safetensors");
    this.tokenizerFile = output.resolve(ModelExport.TOKENIZER);
    this.metrics = new MetricsFile(output.resolve("metrics.jsonl"));
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the model with the best validation score is exported to. */
  public Path bestModel() {
    return output.resolve("best");
  }

  /**
   * @return whether every stage is finished
   */
  public boolean run() throws InterruptedException {
    return run(load());
  }

  /** The studies of both splits. */
  private TrainingData load() {
    Recipe.Simulator s = recipe.simulator();
    return new TrainingData(
        s,
        data,
        Corpora.load(facts, data, Split.TRAIN, s.seed(), s.count()),
        Corpora.load(facts, data, Split.VAL, s.validationSeed(), s.validationCount()));
  }

  private record TrainingData(
      Recipe.Simulator simulator, @Nullable Path folder, Corpora train, Corpora val) {}

  /**
   * Runs several recipes one after the other; neighbours that name the same data share them.
   *
   * @return whether every run is finished
   */
  public static boolean runAll(List<TrainJob> jobs) throws InterruptedException {
    boolean finished = true;
    @Nullable TrainingData shared = null;
    for (TrainJob job : jobs) {
      if (shared == null
          || !shared.simulator().equals(job.recipe.simulator())
          || !Objects.equals(shared.folder(), job.data)) {
        shared = job.load();
      }
      finished &= job.run(shared);
    }
    return finished;
  }

  private boolean run(TrainingData shared) throws InterruptedException {
    Corpora train = shared.train();
    Corpora val = shared.val();
    progress.printf(
        "training on %d triples, %d + %d radiographs, %d ECGs%n",
        train.simulated().size(), train.kermany().size(), train.nih().size(), train.ptbxl().size());
    if (!Files.exists(tokenizerFile) && start != null) {
      copyTokenizer(start);
    } else if (!Files.exists(tokenizerFile)) {
      WordPieceTrainer trainer = new WordPieceTrainer(recipe.vocabulary(), WORDPIECE_MIN_COUNT);
      TokenizerFile.write(tokenizerFile, trainer.train(TokenizerCorpus.of(facts, train)));
    }
    int pieces = TokenizerFile.size(tokenizerFile);
    Recipe.Model chosen = recipe.model();
    DropKey dropKey = new DropKey(chosen.dropKeyFirst(), chosen.dropKeyLast());
    MoreModel model =
        new MoreModel(MoreConfig.small(pieces).withStem(chosen.stem()).withDropKey(dropKey));
    try (ReportTokenizer tokenizer = ReportTokenizer.load(tokenizerFile);
        DifferentiableOps ops = recipe.device().equals("gpu") ? DjlOps.cuda(0) : DjlOps.cpu()) {
      MoreConfig config = model.config();
      BatchMaker maker =
          new BatchMaker(
              facts,
              train,
              new TextComposer(facts),
              tokenizer,
              config.xray().image(),
              config.xray().patch(),
              config.text().maxTokens(),
              recipe.seed());
      return stages(ops, model, maker, tokenizer, val);
    }
  }

  private void copyTokenizer(Path from) {
    try {
      Files.copy(from.resolve(ModelExport.TOKENIZER), tokenizerFile);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS, "the model folder to start from has no readable tokenizer", e);
    }
  }

  private boolean stages(
      DifferentiableOps ops,
      MoreModel model,
      BatchMaker maker,
      ReportTokenizer tokenizer,
      Corpora val)
      throws InterruptedException {
    ParameterSet weights =
        start == null
            ? ParameterSet.initial(model.parameters(), recipe.seed())
            : WarmStart.of(start, model, recipe.seed());
    int first = Files.exists(checkpoint) ? Checkpoint.stageOf(checkpoint) : 0;
    for (int i = first; i < recipe.stages().size(); i++) {
      Recipe.Stage stage = recipe.stages().get(i);
      try (StageRun run = new StageRun(ops, model, stage, recipe.seed() + i, weights)) {
        long from = 0;
        if (i == first && Files.exists(checkpoint)) {
          Checkpoint c = Checkpoint.read(checkpoint, run.declared(), run.groups());
          run.restore(c);
          from = c.step();
          best = c.best();
          progress.printf("going on at stage %d, step %d%n", i, from);
        }
        if (!steps(ops, model, run, maker, tokenizer, val, stage, i, from)) {
          return false;
        }
        weights = run.merged();
      }
    }
    return true;
  }

  private boolean steps(
      DifferentiableOps ops,
      MoreModel model,
      StageRun run,
      BatchMaker maker,
      ReportTokenizer tokenizer,
      Corpora val,
      Recipe.Stage stage,
      int index,
      long from)
      throws InterruptedException {
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors() - 2);
    long start = System.nanoTime();
    try (Prefetcher batches =
        new Prefetcher(step -> maker.make(stage, index, step), from, stage.steps(), workers)) {
      for (long step = from; step < stage.steps(); step++) {
        TrainingBatch batch = batches.take();
        TrainingStep done;
        try {
          done = run.step(batch, step);
        } catch (PrecordiaException e) {
          if (e.code() == ErrorCode.NOT_FINITE) {
            FailedBatch.write(output.resolve(FailedBatch.FILE), batch, index, step);
          }
          throw e;
        }
        long count = step + 1;
        if (count % 50 == 0 || count == stage.steps()) {
          report(index, count, stage, done, start, from, batches);
        }
        boolean last = count == stage.steps();
        boolean speaks = stage.objective() != Recipe.Objective.MASKED;
        if (speaks && (last || count % recipe.validateEvery() == 0)) {
          validate(ops, model, run, tokenizer, val, index, count);
        }
        boolean outOfTime = System.nanoTime() > deadline;
        if (last || outOfTime || count % CHECKPOINT_EVERY == 0) {
          run.checkpoint(index, count, best).write(checkpoint);
        }
        if (outOfTime && !last) {
          return false;
        }
      }
    }
    return true;
  }

  private void report(
      int stage,
      long count,
      Recipe.Stage s,
      TrainingStep done,
      long start,
      long from,
      Prefetcher batches) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double perStep = seconds / (count - from);
    double waited = batches.waitedNanos() / 1e9 / seconds;
    progress.printf(
        "stage %d  %d/%d  loss %.4f  %.0f ms a step, %.0f %% waiting for data%n",
        stage, count, s.steps(), done.loss(), perStep * 1000, waited * 100);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("stage", stage);
    line.put("step", count);
    line.put("loss", done.loss());
    line.put("gradient_norm", done.gradientNorm());
    line.put("learning_rate", done.rate());
    line.put("seconds_per_step", perStep);
    line.put("waiting_share", waited);
    metrics.append(line);
  }

  private void validate(
      DifferentiableOps ops,
      MoreModel model,
      StageRun run,
      ReportTokenizer tokenizer,
      Corpora val,
      int stage,
      long count) {
    Map<String, Double> figures;
    try (Scope scope = ops.scope()) {
      figures =
          new ZeroShot(facts)
              .figures(val, new WeightsEmbedder(ops, model, run.evaluation(), tokenizer));
    }
    progress.println("validation " + figures);
    Map<String, Object> line = new LinkedHashMap<>(Map.of("stage", stage, "step", count));
    line.put("validation", figures);
    metrics.append(line);
    double score = figures.getOrDefault("score", Double.NaN);
    // Kept in float precision, as a checkpoint keeps it, so that a resumed run decides alike.
    if ((float) score > (float) best) {
      best = (float) score;
      ModelExport.write(
          bestModel(),
          recipe.name(),
          recipe.version(),
          model.config(),
          run.merged(),
          tokenizerFile);
    }
  }

  /** For a device machine without the launcher: MAX_SECONDS RECIPE… */
  public static void main(String[] args) throws InterruptedException {
    List<TrainJob> jobs = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      Duration budget = Duration.ofSeconds(Long.parseLong(args[0]));
      jobs.add(new TrainJob(Path.of(args[i]), budget, System.err));
    }
    System.err.println(runAll(jobs) ? "finished" : "stopped with a checkpoint");
  }
}
