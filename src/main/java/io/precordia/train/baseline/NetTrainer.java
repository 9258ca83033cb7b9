package io.precordia.train.baseline;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.optim.AdamW;
import io.precordia.train.optim.AdamWConfig;
import io.precordia.train.optim.ParameterGroups;
import io.precordia.train.optim.Schedule;
import io.precordia.train.optim.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Supervised training with this project's optimiser, schedule and augmentation: the mean of the
 * outputs' cross-entropies, unknown answers left out. The epoch with the best mean AUROC on the
 * validation split is kept.
 */
final class NetTrainer {
  private static final int BATCH = 32;
  private static final double PEAK = 2e-3;
  private static final double DECAY = 0.02;
  private final RivalNet net;
  private final DifferentiableOps ops;
  private final Consumer<String> progress;

  NetTrainer(RivalNet net, DifferentiableOps ops, Consumer<String> progress) {
    this.net = net;
    this.ops = ops;
    this.progress = progress;
  }

  /**
   * Studies with the answers to every output.
   *
   * @param answers [studies][outputs]: 1 yes, 0 no, −1 unknown
   */
  record Examples(List<StudySample> studies, int[][] answers) {}

  /**
   * @param scores [outputs][test studies], log-odds of yes
   * @param epoch that was kept, from 1
   * @param validation mean AUROC that it was kept for
   */
  record Trained(double[][] scores, int epoch, double validation) {}

  Trained run(Examples train, Examples val, List<StudySample> test, int epochs, long seed) {
    int batches = train.studies().size() / BATCH;
    ParameterGroups groups = ParameterGroups.standard(DECAY, spec -> true);
    ParameterSet start = ParameterSet.initial(net.parameters(), seed);
    Trained best = new Trained(new double[0][], 0, -1);
    try (TrainableParameters weights = new TrainableParameters(ops, start, groups.assignment())) {
      AdamW optimizer = new AdamW(ops, weights, groups, AdamWConfig.standard());
      Schedule schedule =
          new Schedule.WarmupCosine(PEAK, PEAK / 100, batches, (long) batches * epochs + 1);
      for (int epoch = 1; epoch <= epochs; epoch++) {
        epoch(train, weights, optimizer, schedule, seed, (epoch - 1) * batches, batches);
        double area = area(val, scores(val.studies(), weights));
        progress.accept("epoch " + epoch + " of " + epochs + ", validation AUROC " + area);
        if (area > best.validation) {
          best = new Trained(scores(test, weights), epoch, area);
        }
      }
    }
    return best;
  }

  private void epoch(
      Examples train,
      TrainableParameters weights,
      AdamW optimizer,
      Schedule schedule,
      long seed,
      int firstStep,
      int batches) {
    SplittableRandom random = new SplittableRandom(seed * 31 + firstStep);
    int[] order = shuffled(train.studies().size(), random);
    for (int b = 0; b < batches; b++) {
      int from = b * BATCH;
      TrainingStep.run(
          ops,
          weights,
          optimizer,
          schedule,
          seed,
          firstStep + b,
          () -> loss(train, order, from, weights, random),
          "lower the learning rate of the baseline");
    }
  }

  private Tensor loss(
      Examples train, int[] order, int from, TrainableParameters weights, SplittableRandom random) {
    List<StudySample> some = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      int study = order[from + i];
      some.add(train.studies().get(study));
      for (int o = 0; o < net.outputs(); o++) {
        if (train.answers()[study][o] >= 0) {
          rows.add(i * net.outputs() + o);
          targets.add(train.answers()[study][o]);
        }
      }
    }
    Forward f = Forward.training(ops, weights, Adapters.NONE);
    Tensor logits = net.logits(f, net.input(f, some, random));
    Tensor pairs = ops.reshape(logits, (long) BATCH * net.outputs(), 2);
    Tensor known = ops.gatherRows(pairs, ops.upload(ints(rows), rows.size()));
    return ops.crossEntropy(known, ops.upload(ints(targets), targets.size()), null);
  }

  private double[][] scores(List<StudySample> studies, TrainableParameters weights) {
    double[][] out = new double[net.outputs()][studies.size()];
    for (int from = 0; from < studies.size(); from += BATCH) {
      List<StudySample> some = studies.subList(from, Math.min(studies.size(), from + BATCH));
      try (Scope scope = ops.scope()) {
        weights.refresh();
        Forward f = Forward.evaluation(ops, weights, Adapters.NONE);
        float[] logits = ops.download(net.logits(f, net.input(f, some, null)));
        for (int i = 0; i < some.size(); i++) {
          for (int o = 0; o < net.outputs(); o++) {
            int at = 2 * (i * net.outputs() + o);
            out[o][from + i] = (double) logits[at + 1] - logits[at];
          }
        }
      }
    }
    return out;
  }

  private static double area(Examples val, double[][] scores) {
    double[] areas = new double[scores.length];
    for (int o = 0; o < areas.length; o++) {
      int output = o;
      int[] known =
          java.util.stream.IntStream.range(0, val.answers().length)
              .filter(i -> val.answers()[i][output] >= 0)
              .toArray();
      double[] some = new double[known.length];
      boolean[] positive = new boolean[known.length];
      for (int i = 0; i < known.length; i++) {
        some[i] = scores[o][known[i]];
        positive[i] = val.answers()[known[i]][o] == 1;
      }
      areas[o] = Auroc.of(some, positive);
    }
    return Auroc.macro(areas);
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      out[i] = out[j];
      out[j] = i;
    }
    return out;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
