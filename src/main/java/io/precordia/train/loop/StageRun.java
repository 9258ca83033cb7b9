package io.precordia.train.loop;

import io.precordia.model.more.MoreBatch;
import io.precordia.model.more.MoreEmbeddings;
import io.precordia.model.more.MoreModel;
import io.precordia.model.more.ReportLora;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.study.Modality;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.train.masked.MaskedModelling;
import io.precordia.train.optim.AdamW;
import io.precordia.train.optim.AdamWConfig;
import io.precordia.train.optim.InfoNce;
import io.precordia.train.optim.PairLoss;
import io.precordia.train.optim.ParameterGroups;
import io.precordia.train.optim.RegionLoss;
import io.precordia.train.optim.Schedule;
import io.precordia.train.optim.SigmoidLoss;
import io.precordia.train.optim.StepSeed;
import io.precordia.train.optim.TrainingStep;
import io.precordia.train.recipe.Recipe;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The weights and optimiser of one stage, and its step. Not thread-safe. */
final class StageRun implements AutoCloseable {
  private final DifferentiableOps ops;
  private final MoreModel model;
  private final Recipe.Stage stage;
  private final long seed;
  private final @Nullable ReportLora lora;
  private final @Nullable MaskedModelling masked;
  private final TrainableParameters weights;
  private final AdamW optimizer;
  private final Schedule schedule;

  /**
   * @param start plain weights of the model, without an adapter
   */
  StageRun(
      DifferentiableOps ops, MoreModel model, Recipe.Stage stage, long seed, ParameterSet start) {
    this.ops = ops;
    this.model = model;
    this.stage = stage;
    this.seed = seed;
    this.lora = stage.lora() ? new ReportLora(model) : null;
    this.masked = stage.objective() == Recipe.Objective.MASKED ? new MaskedModelling(model) : null;
    Predicate<ParameterSpec> trainable =
        masked != null ? masked::trainable : lora == null ? spec -> true : lora.trainable();
    ParameterGroups groups = ParameterGroups.standard(stage.decay(), trainable);
    ParameterSet all =
        masked != null
            ? masked.attach(start, seed)
            : lora == null ? start : lora.adaptation().attach(start, seed);
    this.weights = new TrainableParameters(ops, all, groups.assignment());
    this.optimizer = new AdamW(ops, weights, groups, AdamWConfig.standard());
    this.schedule =
        new Schedule.WarmupCosine(stage.peak(), stage.floor(), stage.warmup(), stage.steps());
  }

  /** One optimiser step; {@code step} counts from 0 within the stage. */
  TrainingStep step(TrainingBatch batch, long step) {
    return TrainingStep.run(
        ops,
        weights,
        optimizer,
        schedule,
        seed,
        step,
        () ->
            masked == null
                ? loss(batch)
                : masked.loss(
                    Forward.training(ops, weights, Adapters.NONE),
                    batch.xrayOctets(),
                    batch.ecgValues(),
                    StepSeed.of(seed, step)),
        "the last checkpoint stands, lower the learning rate");
  }

  /** Text-anchored contrastive loss of both kinds, plus the X-ray–ECG term over the triples. */
  private Tensor loss(TrainingBatch b) {
    MoreBatch inputs = MoreBatch.empty().withXrays(b.xrayOctets()).withReports(b.texts());
    if (b.ecgs() > 0) {
      inputs = inputs.withEcgs(b.ecgValues());
    }
    Forward pass = Forward.training(ops, weights, adapters());
    MoreModel.Placed placed = model.placed(pass, inputs);
    MoreEmbeddings e = placed.embeddings();
    Tensor report = e.of(Modality.REPORT);
    PairLoss pairs =
        stage.objective() == Recipe.Objective.SIGMOID
            ? new SigmoidLoss(ops, weights.get(MoreModel.TEMPERATURE))
            : new InfoNce(ops, weights.get(MoreModel.TEMPERATURE));
    Tensor xrayTexts = ops.slice(report, 0, 0, b.xrays());
    Tensor total = pairs.masked(e.of(Modality.XRAY), xrayTexts, b.xrayExcluded());
    if (b.ecgs() > 0) {
      Tensor ecgTexts = ops.slice(report, 0, b.xrays(), (long) b.xrays() + b.ecgs());
      total = ops.add(total, pairs.masked(e.of(Modality.ECG), ecgTexts, b.ecgExcluded()));
      if (stage.xrayEcg() > 0 && b.pairedRows() > 1) {
        Tensor x = ops.slice(e.of(Modality.XRAY), 0, 0, b.pairedRows());
        Tensor g = ops.slice(e.of(Modality.ECG), 0, 0, b.pairedRows());
        total =
            ops.add(
                total,
                ops.affine(
                    pairs.masked(x, g, new float[b.pairedRows() * b.pairedRows()]),
                    stage.xrayEcg(),
                    0));
      }
    }
    return b.regions().size() == 0
        ? total
        : ops.add(total, ops.affine(regions(pass, placed, b), stage.regions(), 0));
  }

  private Tensor regions(Forward pass, MoreModel.Placed placed, TrainingBatch b) {
    Regions asked = b.regions();
    int g = asked.size();
    Tensor patches =
        model.patchVectors(pass, ops.gatherRows(placed.patches(), ops.upload(asked.rows(), g)));
    Tensor report = placed.embeddings().of(Modality.REPORT);
    long first = (long) b.xrays() + b.ecgs();
    Tensor sentences =
        ops.reshape(ops.slice(report, 0, first, first + 2L * g), g, 2, model.config().projection());
    return new RegionLoss(ops)
        .of(
            patches,
            ops.reshape(ops.slice(sentences, 1, 0, 1), g, model.config().projection()),
            ops.reshape(ops.slice(sentences, 1, 1, 2), g, model.config().projection()),
            asked.targets(),
            asked.weights());
  }

  private Adapters adapters() {
    return lora == null ? Adapters.NONE : lora.adaptation().hooks();
  }

  /** An evaluation pass over the present weights; use it inside a scope. */
  Forward evaluation() {
    weights.refresh();
    return Forward.evaluation(ops, weights, adapters());
  }

  /** Plain weights: an adapter is folded in, what only a masked stage needs is left out. */
  ParameterSet merged() {
    ParameterSet all = snapshot();
    if (masked != null) {
      return masked.detach(all);
    }
    return lora == null ? all : lora.adaptation().merge(all);
  }

  Checkpoint checkpoint(int stageIndex, long step, double best) {
    return new Checkpoint(snapshot(), optimizer.state(), stageIndex, step, best);
  }

  void restore(Checkpoint c) {
    weights.restore(c.weights());
    optimizer.restore(c.optimizer());
  }

  /** Parameters of this stage, adapters included. */
  List<ParameterSpec> declared() {
    try (Scope scope = ops.scope()) {
      return snapshot().specs();
    }
  }

  List<String> groups() {
    return weights.groups();
  }

  private ParameterSet snapshot() {
    return weights.snapshot();
  }

  @Override
  public void close() {
    weights.close();
  }
}
