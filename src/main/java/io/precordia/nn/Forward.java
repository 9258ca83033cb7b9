package io.precordia.nn;

import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything one forward pass needs beside its input: the backend, the parameter values, the
 * adapters, and whether it trains. In evaluation DropKey and dropout are off and batch
 * normalisation uses running statistics.
 */
public final class Forward {
  private final Ops ops;
  private final Parameters parameters;
  private final Adapters adapters;
  private final @Nullable DifferentiableOps training;
  private final boolean updateStatistics;
  private final @Nullable AttentionObserver observer;

  private Forward(
      Ops ops,
      Parameters parameters,
      Adapters adapters,
      @Nullable DifferentiableOps training,
      boolean updateStatistics,
      @Nullable AttentionObserver observer) {
    this.ops = ops;
    this.parameters = parameters;
    this.adapters = adapters;
    this.training = training;
    this.updateStatistics = updateStatistics;
    this.observer = observer;
  }

  /** A pass in evaluation mode. */
  public static Forward evaluation(Ops ops, Parameters parameters, Adapters adapters) {
    return new Forward(ops, parameters, adapters, null, false, null);
  }

  /**
   * A pass in training mode: DropKey and dropout drawn, batch statistics used and blended into the
   * running ones.
   */
  public static Forward training(DifferentiableOps ops, Parameters parameters, Adapters adapters) {
    return new Forward(ops, parameters, adapters, ops, true, null);
  }

  /**
   * The same pass without touching running statistics: the second pass over the same rows in
   * gradient caching.
   */
  public Forward withoutStatistics() {
    return new Forward(ops, parameters, adapters, training, false, observer);
  }

  /** The same pass with someone who sees its attention. */
  public Forward observed(AttentionObserver by) {
    return new Forward(ops, parameters, adapters, training, updateStatistics, by);
  }

  /** Who sees the attention of this pass; null, and nothing is spent on it, in ordinary passes. */
  @Nullable AttentionObserver observer() {
    return observer;
  }

  public Ops ops() {
    return ops;
  }

  public Tensor get(String name) {
    return parameters.get(name);
  }

  public Parameters parameters() {
    return parameters;
  }

  public Adapters adapters() {
    return adapters;
  }

  public boolean training() {
    return training != null;
  }

  /**
   * Computes a layer that is not linear; an adapter may have other parameters for some batch rows.
   *
   * @param path what the names of its parameters begin with
   * @param x batch rows on axis 0, each as one element or as several neighbours
   * @param layer the computation, of any number of rows, rows being independent
   */
  public Tensor rowwise(String path, Tensor x, BiFunction<Forward, Tensor, Tensor> layer) {
    RowRewrite rewrite = adapters.rows(path);
    return rewrite == null ? layer.apply(this, x) : rewrite.apply(this, x, layer);
  }

  /** Dropout in training, the identity in evaluation. */
  public Tensor dropout(Tensor x, double p) {
    return training == null || p == 0 ? x : training.dropout(x, p);
  }

  /** Blends batch statistics into a running buffer where this pass does so. */
  void blend(String buffer, Tensor value, double momentum) {
    if (training != null && updateStatistics) {
      training.blend(parameters.get(buffer), value, momentum);
    }
  }
}
