package io.precordia.train.optim;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.TrainableParameters;
import io.precordia.tensor.AdamWUpdate;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AdamW over the parameter groups of a model, with clipping by the global gradient norm. A
 * parameter that no loss reached in a step counts as having gradient zero. Not thread-safe.
 */
public final class AdamW {
  private final DifferentiableOps ops;
  private final TrainableParameters weights;
  private final ParameterGroups groups;
  private final AdamWConfig config;
  private long step;

  /**
   * @throws PrecordiaException INVALID_CONFIGURATION if a group of {@code weights} has no options
   */
  public AdamW(
      DifferentiableOps ops,
      TrainableParameters weights,
      ParameterGroups groups,
      AdamWConfig config) {
    for (String name : weights.groups()) {
      if (!groups.options().containsKey(name)) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "parameter group " + name + " has no optimiser options");
      }
    }
    this.ops = ops;
    this.weights = weights;
    this.groups = groups;
    this.config = config;
  }

  /** Updates by the gradients accumulated since the last step, then clears them. */
  public double step(double learningRate) {
    return step(learningRate, 1);
  }

  /**
   * The same after {@code accumulated} backward passes whose gradients are to be averaged.
   *
   * @return global gradient norm before clipping (of the average)
   */
  public double step(double learningRate, int accumulated) {
    double norm = gradientNorm() / accumulated;
    if (!Double.isFinite(norm)) {
      weights.groups().forEach(name -> weights.block(name).zeroGradient());
      return norm;
    }
    double clip =
        config.clipNorm() > 0 && norm > config.clipNorm() ? config.clipNorm() / (norm + 1e-6) : 1;
    step++;
    for (String name : weights.groups()) {
      ParameterGroups.Options options = options(name);
      ParameterBlock block = weights.block(name);
      block.adamW(
          new AdamWUpdate(
              step,
              learningRate * options.rateScale(),
              config.beta1(),
              config.beta2(),
              config.eps(),
              options.weightDecay(),
              clip / accumulated));
      block.zeroGradient();
    }
    return norm;
  }

  /** Number of updates done. */
  public long steps() {
    return step;
  }

  /** Everything that a resumed run needs beside the weights. */
  public State state() {
    Map<String, float[][]> moments = new LinkedHashMap<>();
    weights.groups().forEach(name -> moments.put(name, weights.block(name).readMoments()));
    return new State(step, moments);
  }

  /** Continues exactly where {@code state} was taken; the weights must have the same groups. */
  public void restore(State state) {
    for (String name : weights.groups()) {
      float[][] moments = state.moments().get(name);
      if (moments == null) {
        throw new PrecordiaException(
            ErrorCode.BAD_WEIGHTS, "the optimiser state lacks group " + name);
      }
      weights.block(name).writeMoments(moments[0], moments[1]);
    }
    step = state.step();
  }

  private double gradientNorm() {
    double sum = 0;
    try (var scope = ops.scope()) {
      for (String name : weights.groups()) {
        Tensor square = weights.block(name).gradientSquaredNorm();
        if (square != null) {
          sum += ops.download(square)[0];
        }
      }
    }
    return Math.sqrt(sum);
  }

  private ParameterGroups.Options options(String name) {
    return java.util.Objects.requireNonNull(groups.options().get(name));
  }

  /**
   * Optimiser state.
   *
   * @param step updates done
   * @param moments first and second moment of each group
   */
  public record State(long step, Map<String, float[][]> moments) {}
}
