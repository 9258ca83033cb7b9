package io.precordia.train.adapter;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.AdaptationMethods;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LowRankSite;
import io.precordia.adapter.peft.PeftAdapter;
import io.precordia.adapter.peft.PeftFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.more.MoreFolder;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.ParameterSet;
import io.precordia.report.ReportTokenizer;
import io.precordia.study.Modality;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.tensor.djl.DjlOps;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.loop.MetricsFile;
import io.precordia.train.optim.InfoNce;
import io.precordia.train.optim.TrainingStep;
import io.precordia.train.recipe.AdapterRecipe;
import io.precordia.weights.Checksums;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a site adapter of a MoRE model (LoRA, Hu et al. 2021) by symmetric InfoNCE between
 * evidence and report, with the base frozen, and writes it as a PEFT folder. The same recipe over
 * the same pairs gives the same bytes on the same machine. The job is short and keeps no
 * checkpoint: started again it begins anew.
 *
 * <p>Ten times in a run the pairs set aside are embedded; the adapter of the least validation loss
 * is kept. Nothing of a patient is written but what the weights learnt: metrics hold numbers only.
 */
public final class AdapterJob {
  private static final int VALIDATIONS = 10;
  private static final int REPORT_EVERY = 10;

  private final AdapterRecipe recipe;
  private final Path base;
  private final Path output;
  private final long deadline;
  private final PrintStream progress;
  private final MetricsFile metrics;
  private long started;
  private @Nullable ParameterSet kept;
  private long keptStep;
  private double leastLoss = Double.POSITIVE_INFINITY;

  /**
   * @param base resolved model folder
   * @param output resolved folder, made if missing; metrics of an earlier run are replaced
   * @param budget the run ends after the step in which it is used up
   * @param progress one line now and then
   * @throws PrecordiaException STORAGE_FULL if the output folder cannot be made
   */
  public AdapterJob(
      AdapterRecipe recipe, Path base, Path output, Duration budget, PrintStream progress) {
    this.recipe = recipe;
    this.base = base;
    this.output = output;
    this.deadline = System.nanoTime() + budget.toNanos();
    this.progress = progress;
    Path file = output.resolve("metrics.jsonl");
    this.metrics = new MetricsFile(file);
    try {
      Files.createDirectories(output);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new PrecordiaException(
          ErrorCode.STORAGE_FULL, "the output folder cannot be made; check space and rights", e);
    }
  }

  /** Where the PEFT folder is written. */
  public Path adapter() {
    return output.resolve("adapter");
  }

  /**
   * Trains, validates and writes.
   *
   * @param pairs the site's pairs; X-rays and ECGs, or only one of them
   * @throws PrecordiaException INVALID_CONFIGURATION if there are too few pairs or the settings do
   *     not fit the model, BAD_WEIGHTS if the base is damaged, NOT_FINITE if training diverges
   */
  public AdapterOutcome run(List<SitePair> pairs) {
    PairSplit split = PairSplit.of(pairs, recipe.validationShare(), recipe.seed());
    if (Files.exists(base.resolve(Checksums.FILE))) {
      Checksums.verify(base);
    }
    MoreModel model = new MoreModel(MoreFolder.readConfig(base).config());
    ParameterSet weights = MoreFolder.readWeights(base, model.config());
    Adaptation adaptation = adaptation(model);
    try (ReportTokenizer tokenizer = ReportTokenizer.load(base.resolve("tokenizer.json"));
        DifferentiableOps ops = recipe.device().equals("gpu") ? DjlOps.cuda(0) : DjlOps.cpu();
        AdapterRun run = new AdapterRun(ops, model, adaptation, recipe, weights)) {
      announce(split, adaptation);
      var config = model.config();
      PairSampler sampler =
          new PairSampler(
              split,
              frozenVectors(split, adaptation, model, tokenizer, ops, run),
              tokenizer,
              config.text().maxTokens(),
              config.xray().image(),
              recipe.batch(),
              recipe.seed());
      double log = weights.values(MoreModel.TEMPERATURE)[0];
      double temperature =
          Math.clamp(Math.exp(log), InfoNce.MIN_TEMPERATURE, InfoNce.MAX_TEMPERATURE);
      AdapterValidation validation =
          new AdapterValidation(ops, model, tokenizer, split.validation(), temperature);
      return train(run, sampler, validation, adaptation);
    }
  }

  private Adaptation adaptation(MoreModel model) {
    Adaptation made =
        AdaptationMethods.create(recipe.method(), recipe.settings(), model.parameters());
    if (made instanceof Lora lora) {
      for (LowRankSite site : lora.sites()) {
        if (site.rank() > Math.min(site.layer().in(), site.layer().out())) {
          throw new PrecordiaException(
              ErrorCode.INVALID_CONFIGURATION,
              "recipe: rank is above the width of the layer " + site.path());
        }
      }
    }
    return made;
  }

  /** Whether evidence of a kind gets the same vector with the adapter as without. */
  private static boolean frozen(Adaptation adaptation, Modality kind) {
    String branch = kind.name().toLowerCase(Locale.ROOT);
    return adaptation.parameters().stream().noneMatch(s -> s.name().startsWith(branch));
  }

  /** Vectors of the training pairs of frozen branches; each is computed once instead of often. */
  private static Map<SitePair, float[]> frozenVectors(
      PairSplit split,
      Adaptation adaptation,
      MoreModel model,
      ReportTokenizer tokenizer,
      DifferentiableOps ops,
      AdapterRun run) {
    Map<SitePair, float[]> out = new IdentityHashMap<>();
    try (Scope scope = ops.scope()) {
      WeightsEmbedder embedder = new WeightsEmbedder(ops, model, run.base(), tokenizer);
      split
          .training()
          .forEach(
              (kind, pairs) -> {
                if (frozen(adaptation, kind)) {
                  float[][] vectors = PairVectors.images(pairs, embedder);
                  for (int i = 0; i < vectors.length; i++) {
                    out.put(pairs.get(i), vectors[i]);
                  }
                }
              });
    }
    return out;
  }

  private void announce(PairSplit split, Adaptation adaptation) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("name", recipe.name());
    line.put("method", recipe.method());
    line.put("parameters", adaptation.parameters().stream().mapToLong(s -> s.count()).sum());
    line.put("xray_pairs", size(split.training(), Modality.XRAY));
    line.put("ecg_pairs", size(split.training(), Modality.ECG));
    line.put("xray_validation", size(split.validation(), Modality.XRAY));
    line.put("ecg_validation", size(split.validation(), Modality.ECG));
    metrics.append(line);
    progress.println("training an adapter: " + line);
  }

  private static int size(Map<Modality, List<SitePair>> pairs, Modality kind) {
    return pairs.getOrDefault(kind, List.of()).size();
  }

  private AdapterOutcome train(
      AdapterRun run, PairSampler sampler, AdapterValidation validation, Adaptation adaptation) {
    Map<Modality, PairVectors> before = Map.of();
    double baseLoss = Double.NaN;
    if (validation.possible()) {
      before = validation.vectors(run::base, Map.of());
      baseLoss = validation.loss(before);
      validated(0, baseLoss);
    }
    Map<Modality, PairVectors> best = before;
    Map<Modality, PairVectors> frozen = new EnumMap<>(Modality.class);
    before.forEach(
        (kind, vectors) -> {
          if (frozen(adaptation, kind)) {
            frozen.put(kind, vectors);
          }
        });
    int every = Math.max(1, recipe.steps() / VALIDATIONS);
    started = System.nanoTime();
    long done = 0;
    boolean last = false;
    while (!last) {
      TrainingStep step = run.step(sampler.make(done), done);
      done++;
      last = done == recipe.steps() || System.nanoTime() > deadline;
      if (last || done % REPORT_EVERY == 0) {
        report(done, step);
      }
      if (validation.possible() && (last || done % every == 0)) {
        Map<Modality, PairVectors> now = validation.vectors(run::adapted, frozen);
        double loss = validation.loss(now);
        validated(done, loss);
        if (loss < leastLoss) {
          leastLoss = loss;
          best = now;
          keep(run, done);
        }
      }
    }
    if (kept == null) {
      keep(run, done);
    }
    write(adaptation);
    List<RetrievalFigure> figures = AdapterValidation.figures(before, best);
    figures.forEach(f -> metrics.append(Map.of("figure", f)));
    return new AdapterOutcome(
        done,
        keptStep,
        validation.possible() ? new AdapterOutcome.Loss(baseLoss, leastLoss) : null,
        figures);
  }

  private void keep(AdapterRun run, long step) {
    kept = run.snapshot();
    keptStep = step;
  }

  private void write(Adaptation adaptation) {
    ParameterSet trained = kept;
    if (trained != null) {
      PeftFolder.write(adapter(), PeftAdapter.of(adaptation, trained), path -> path);
    }
  }

  private void report(long done, TrainingStep step) {
    double perStep = (System.nanoTime() - started) / 1e9 / done;
    progress.printf(
        "step %d/%d  loss %.4f  %.0f ms a step%n",
        done, recipe.steps(), step.loss(), perStep * 1000);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", done);
    line.put("loss", step.loss());
    line.put("gradient_norm", step.gradientNorm());
    line.put("learning_rate", step.rate());
    line.put("seconds_per_step", perStep);
    metrics.append(line);
  }

  private void validated(long step, double loss) {
    progress.printf("step %d  validation loss %.4f%n", step, loss);
    metrics.append(Map.of("step", step, "validation_loss", loss));
  }
}
