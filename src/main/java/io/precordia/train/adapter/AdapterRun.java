package io.precordia.train.adapter;

import io.precordia.adapter.Adaptation;
import io.precordia.model.more.MoreBatch;
import io.precordia.model.more.MoreEmbeddings;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.nn.TrainableParameters;
import io.precordia.study.Modality;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.train.optim.AdamW;
import io.precordia.train.optim.AdamWConfig;
import io.precordia.train.optim.InfoNce;
import io.precordia.train.optim.ParameterGroups;
import io.precordia.train.optim.Schedule;
import io.precordia.train.optim.TrainingStep;
import io.precordia.train.recipe.AdapterRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The weights and optimiser of an adapter's training, and its step. Only the adapter's factors are
 * given to the optimiser; the base, its running statistics and the temperature stay as they are.
 * Not thread-safe.
 */
final class AdapterRun implements AutoCloseable {
  private final DifferentiableOps ops;
  private final MoreModel model;
  private final Adaptation adaptation;
  private final long seed;
  private final TrainableParameters weights;
  private final AdamW optimizer;
  private final Schedule schedule;

  AdapterRun(
      DifferentiableOps ops,
      MoreModel model,
      Adaptation adaptation,
      AdapterRecipe recipe,
      ParameterSet base) {
    this.ops = ops;
    this.model = model;
    this.adaptation = adaptation;
    this.seed = recipe.seed();
    Set<String> added =
        adaptation.parameters().stream().map(ParameterSpec::name).collect(Collectors.toSet());
    // LoRA is usually trained without decay: the start, B = 0, is the base already.
    ParameterGroups groups = ParameterGroups.standard(0, spec -> added.contains(spec.name()));
    this.weights = new TrainableParameters(ops, adaptation.attach(base, seed), groups.assignment());
    this.optimizer = new AdamW(ops, weights, groups, AdamWConfig.standard());
    this.schedule =
        new Schedule.WarmupCosine(recipe.peak(), recipe.floor(), recipe.warmup(), recipe.steps());
  }

  /** One optimiser step; {@code step} counts from 0. */
  TrainingStep step(PairBatch batch, long step) {
    return TrainingStep.run(
        ops,
        weights,
        optimizer,
        schedule,
        seed,
        step,
        () -> loss(batch),
        "lower the learning rate");
  }

  /** InfoNCE between each kind of evidence and the reports. */
  private Tensor loss(PairBatch b) {
    int xrays = b.xrayGroups().length;
    int ecgs = b.ecgGroups().length;
    MoreBatch inputs = MoreBatch.empty().withReports(b.texts());
    if (b.xrays().length > 0) {
      inputs = inputs.withXrays(b.xrays());
    }
    if (b.ecgs().length > 0) {
      inputs = inputs.withEcgs(b.ecgs());
    }
    // The frozen base computes as it does in service: batch statistics of a few studies would move
    // its running ones, which the adapter does not carry.
    MoreEmbeddings e = model.forward(Forward.evaluation(ops, weights, dropping()), inputs);
    InfoNce infoNce = new InfoNce(ops, weights.get(MoreModel.TEMPERATURE));
    Tensor report = e.of(Modality.REPORT);
    List<Tensor> terms = new ArrayList<>();
    if (xrays > 0) {
      Tensor images = images(e, Modality.XRAY, b.xrayVectors(), xrays);
      Tensor texts = ops.slice(report, 0, 0, xrays);
      terms.add(infoNce.symmetric(images, texts, b.xrayGroups()));
    }
    if (ecgs > 0) {
      Tensor signals = images(e, Modality.ECG, b.ecgVectors(), ecgs);
      Tensor texts = ops.slice(report, 0, xrays, (long) xrays + ecgs);
      terms.add(infoNce.symmetric(signals, texts, b.ecgGroups()));
    }
    return terms.stream().reduce(ops::add).orElseThrow();
  }

  private Tensor images(MoreEmbeddings e, Modality kind, float[] known, int rows) {
    return known.length == 0 ? e.of(kind) : ops.upload(known, rows, known.length / rows);
  }

  /** The adapter with its dropout, over a base without. */
  private Adapters dropping() {
    Adapters hooks = adaptation.hooks();
    return (parameters, path, training) -> hooks.forLinear(parameters, path, true);
  }

  /** An evaluation pass with the adapter as it is now; use it inside a scope. */
  Forward adapted() {
    weights.refresh();
    return Forward.evaluation(ops, weights, adaptation.hooks());
  }

  /** An evaluation pass of the base; use it inside a scope. */
  Forward base() {
    return Forward.evaluation(ops, weights, Adapters.NONE);
  }

  /** Present values of the base and, behind it, the adapter. */
  ParameterSet snapshot() {
    try (Scope scope = ops.scope()) {
      return weights.snapshot();
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
