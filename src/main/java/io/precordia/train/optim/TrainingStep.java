package io.precordia.train.optim;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.function.Supplier;

/**
 * What one optimiser step reports.
 *
 * @param loss before the step
 * @param gradientNorm before clipping
 * @param rate learning rate used
 */
public record TrainingStep(double loss, double gradientNorm, double rate) {
  /**
   * Seeds the masks by run and step, records the loss, differentiates and updates.
   *
   * @param step counts from 0
   * @param objective a scalar, computed while recording
   * @param advice what to do if the loss is not finite
   * @throws PrecordiaException NOT_FINITE, before any weight has changed
   */
  public static TrainingStep run(
      DifferentiableOps ops,
      TrainableParameters weights,
      AdamW optimizer,
      Schedule schedule,
      long seed,
      long step,
      Supplier<Tensor> objective,
      String advice) {
    ops.seed(StepSeed.of(seed, step));
    double rate = schedule.rate(step);
    double loss;
    double norm;
    try (Scope scope = ops.scope()) {
      try (Recording recording = ops.record()) {
        weights.refresh();
        Tensor total = objective.get();
        ops.backward(total);
        loss = ops.download(total)[0];
      }
      if (!Double.isFinite(loss)) {
        throw new PrecordiaException(
            ErrorCode.NOT_FINITE, "the loss is not finite at step " + step + "; " + advice);
      }
      norm = optimizer.step(rate);
    }
    return new TrainingStep(loss, norm, rate);
  }
}
