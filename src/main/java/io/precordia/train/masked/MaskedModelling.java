package io.precordia.train.masked;

import io.precordia.model.more.MoreBatch;
import io.precordia.model.more.MoreConfig;
import io.precordia.model.more.MoreEmbeddings;
import io.precordia.model.more.MoreModel;
import io.precordia.nn.Forward;
import io.precordia.nn.Layer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.study.Modality;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Masked modelling of radiographs and ECGs (SimMIM, Xie et al., CVPR 2022): parts of the input are
 * hidden before the tokeniser, one linear layer per branch tells from a token's last state what was
 * there, and the mean absolute error over the hidden parts is the loss. Reports, projection heads
 * and the temperature stay as they are. The two linear layers, {@code masked.xray} and {@code
 * masked.ecg}, live only as long as the stage. Thread-safe.
 */
public final class MaskedModelling implements Layer {
  private static final String PREFIX = "masked.";
  private static final double FILM_RATIO = 0.6;
  private static final double SIGNAL_RATIO = 0.4;

  private final MoreModel model;
  private final Linear film;
  private final Linear signal;

  public MaskedModelling(MoreModel model) {
    this.model = model;
    MoreConfig.Xray x = model.config().xray();
    MoreConfig.Ecg e = model.config().ecg();
    this.film =
        new Linear(PREFIX + "xray", x.encoder().width(), (long) x.patch() * x.patch(), true);
    this.signal =
        new Linear(PREFIX + "ecg", e.encoder().width(), (long) e.leads() * MaskedSignals.HOP, true);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    film.declare(sink);
    signal.declare(sink);
  }

  /** What trains in such a stage: both branches behind the tokenisers and the two layers. */
  public boolean trainable(ParameterSpec spec) {
    return spec.name().startsWith("xray.")
        || spec.name().startsWith("ecg.")
        || spec.name().startsWith(PREFIX);
  }

  /** The weights of the model with fresh ones of the two layers. */
  public ParameterSet attach(ParameterSet weights, long seed) {
    ParameterSet out = weights.copy();
    ParameterSet fresh = ParameterSet.initial(parameters(), seed);
    fresh.specs().forEach(s -> out.put(s, fresh.values(s.name())));
    return out;
  }

  /** The weights of the model alone. */
  public ParameterSet detach(ParameterSet weights) {
    ParameterSet out = weights.copy();
    parameters().forEach(s -> out.remove(s.name()));
    return out;
  }

  /**
   * @param octets [n·side·side], n at least 1
   * @param ecgs [m·leads·samples], may be empty
   * @param seed of what is hidden
   * @return a scalar: the error of radiographs plus that of ECGs
   */
  public Tensor loss(Forward f, byte[] octets, float[] ecgs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MoreConfig.Xray x = model.config().xray();
    MoreConfig.Ecg e = model.config().ecg();
    MaskedFilms films =
        MaskedFilms.of(
            octets,
            x.image(),
            x.patch(),
            (int) Math.round(255 * x.mean()),
            FILM_RATIO,
            random.split());
    MoreBatch batch = MoreBatch.empty().withXrays(films.octets());
    if (ecgs.length == 0) {
      Tensor states = model.tokenStates(f, batch).of(Modality.XRAY);
      return error(f.ops(), film.apply(f, states), films.targets(), films.hidden());
    }
    MaskedSignals signals =
        MaskedSignals.of(
            ecgs, e.leads(), e.samples(), model.ecgTokens(), SIGNAL_RATIO, random.split());
    MoreEmbeddings states = model.tokenStates(f, batch.withEcgs(signals.values()));
    Ops ops = f.ops();
    return ops.add(
        error(ops, film.apply(f, states.of(Modality.XRAY)), films.targets(), films.hidden()),
        error(ops, signal.apply(f, states.of(Modality.ECG)), signals.targets(), signals.hidden()));
  }

  private static Tensor error(Ops ops, Tensor told, float[] targets, float[] hidden) {
    Tensor apart = ops.subtract(told, ops.upload(targets, told.shape()));
    Tensor size =
        ops.add(
            ops.activation(apart, Activation.RELU),
            ops.activation(ops.affine(apart, -1, 0), Activation.RELU));
    Tensor perToken = ops.mean(size, 2);
    double count = 0;
    for (float h : hidden) {
      count += h;
    }
    Tensor counted = ops.multiply(perToken, ops.upload(hidden, perToken.shape()));
    return ops.affine(ops.sum(ops.sum(counted, 1), 0), 1 / Math.max(1, count), 0);
  }
}
