package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.LowRank;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weight-decomposed adaptation (Liu et al. 2024): W' = m ⊙ V/‖V‖ with V = W + s·B·A, the norm taken
 * over the inputs of each output, as PEFT does. The magnitude {@code path.lora_magnitude_vector}
 * [out] starts at the norms of W.
 */
public final class Dora implements Adaptation {
  /** Below this squared norm a row counts as zero, so that 0/0 stays 0. */
  private static final double ZERO = 1e-30;

  private final Map<String, LowRankSite> sites = new LinkedHashMap<>();
  private final List<ParameterSpec> added = new ArrayList<>();
  private final double dropout;
  private final boolean normGradient;
  private final TrainedBiases biases;

  /** The norm is a constant for the gradient (section 4.3 of the paper), as in PEFT. */
  public Dora(LoraConfig config, Collection<ParameterSpec> base) {
    this(
        LinearSite.targeted(config, base).stream()
            .map(s -> new LowRankSite(s, config.rank(), config.scaling()))
            .toList(),
        config.dropout(),
        false,
        config.bias(),
        config.within());
  }

  /**
   * @param normGradient whether gradient flows through ‖V‖
   */
  public Dora(
      List<LowRankSite> sites,
      double dropout,
      boolean normGradient,
      LoraConfig.BiasMode bias,
      String within) {
    for (LowRankSite site : sites) {
      this.sites.put(site.path(), site);
      added.addAll(site.factors());
      added.add(
          new ParameterSpec(
              magnitude(site),
              new long[] {site.layer().out()},
              ParameterSpec.Role.GAIN,
              Initializer.ONES));
    }
    this.dropout = dropout;
    this.normGradient = normGradient;
    this.biases = new TrainedBiases(bias, within, Set.copyOf(this.sites.keySet()));
  }

  /** Name of the magnitude at a layer. */
  public static String magnitude(LowRankSite site) {
    return site.path() + ".lora_magnitude_vector";
  }

  public List<LowRankSite> sites() {
    return List.copyOf(sites.values());
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.copyOf(added);
  }

  @Override
  public float[] start(ParameterSpec spec, ParameterSet base, long seed) {
    for (LowRankSite site : sites.values()) {
      if (spec.name().equals(magnitude(site))) {
        // B = 0 at the start, so V = W.
        float[] norms = new float[site.layer().out()];
        float[] weight = base.values(site.layer().weight());
        for (int o = 0; o < norms.length; o++) {
          double sum = 0;
          for (int i = 0; i < site.layer().in(); i++) {
            double w = weight[o * site.layer().in() + i];
            sum += w * w;
          }
          norms[o] = (float) Math.sqrt(sum);
        }
        return norms;
      }
    }
    return Adaptation.super.start(spec, base, seed);
  }

  @Override
  public Adapters hooks() {
    return Adapters.rewriting(
        path -> {
          LowRankSite site = sites.get(path);
          return site == null ? null : (f, layer, x, a) -> apply(f, layer, site, x, a);
        });
  }

  private Tensor apply(Forward f, Linear layer, LowRankSite site, Tensor x, Activation function) {
    Ops ops = f.ops();
    Tensor weight = f.get(site.layer().weight());
    Tensor down = f.get(site.down());
    Tensor up = f.get(site.up());
    Tensor gain = gain(ops, weight, down, up, f.get(magnitude(site)), site.scaling());
    LowRank factors = new LowRank(down, up, site.scaling(), 0, null);
    Tensor out;
    if (f.training() && dropout > 0) {
      // Dropout thins the change only: y = xWᵀ + b + (g − 1)·x̃Wᵀ + g·s·x̃AᵀBᵀ.
      Tensor thinned = f.dropout(x, dropout);
      Tensor both = ops.linear(thinned, weight, null, Activation.IDENTITY, factors);
      Tensor base = ops.linear(thinned, weight, null, Activation.IDENTITY, null);
      Tensor change = ops.subtract(ops.multiply(both, gain), base);
      out = ops.add(layer.plain(f, x, Activation.IDENTITY), change);
    } else {
      out = ops.multiply(ops.linear(x, weight, null, Activation.IDENTITY, factors), gain);
      out = layer.bias() ? ops.add(out, f.get(site.layer().bias())) : out;
    }
    return ops.activation(out, function);
  }

  /** m/‖V‖ per output. */
  private Tensor gain(
      Ops ops, Tensor weight, Tensor down, Tensor up, Tensor magnitude, double scaling) {
    Tensor v = ops.add(weight, ops.affine(ops.matmul(up, down, false), scaling, 0));
    Tensor square = ops.affine(ops.sum(ops.multiply(v, v), 1), 1, ZERO);
    Tensor inverse = ops.exp(ops.affine(ops.log(square), -0.5, 0));
    boolean cut = !normGradient && ops instanceof DifferentiableOps;
    return ops.multiply(magnitude, cut ? ((DifferentiableOps) ops).detach(inverse) : inverse);
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    return added.contains(spec) || biases.trains(spec);
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    ParameterSet out = adapted.copy();
    for (LowRankSite site : sites.values()) {
      float[] weight = out.values(site.layer().weight());
      float[] magnitude = adapted.values(magnitude(site));
      for (int o = 0; o < magnitude.length; o++) {
        double[] v = direction(site, weight, adapted, o);
        double gain = magnitude[o] / norm(v);
        for (int i = 0; i < v.length; i++) {
          weight[o * v.length + i] = (float) (gain * v[i]);
        }
      }
    }
    added.forEach(s -> out.remove(s.name()));
    return out;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The length of V cannot be read off merged weights: {@code adapter} must also hold the base's
   * adapted weights, as the set that was merged does.
   */
  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    ParameterSet out = merged.copy();
    for (LowRankSite site : sites.values()) {
      float[] weight = out.values(site.layer().weight());
      float[] before = adapter.values(site.layer().weight());
      float[] magnitude = adapter.values(magnitude(site));
      for (int o = 0; o < magnitude.length; o++) {
        if (magnitude[o] == 0) {
          throw new PrecordiaException(
              ErrorCode.INVALID_ARGUMENT,
              "DoRA: a magnitude of 0 erased the weights of an output; keep the base instead");
        }
        double length = norm(direction(site, before, adapter, o)) / magnitude[o];
        double[] delta = site.deltaRow(adapter, o);
        for (int i = 0; i < delta.length; i++) {
          int at = o * delta.length + i;
          weight[at] = (float) (weight[at] * length - delta[i]);
        }
      }
    }
    added.forEach(s -> out.put(s, adapter.values(s.name()).clone()));
    return out;
  }

  /** Row o of V. */
  private static double[] direction(LowRankSite site, float[] weight, ParameterSet set, int o) {
    double[] v = site.deltaRow(set, o);
    for (int i = 0; i < v.length; i++) {
      v[i] += weight[o * v.length + i];
    }
    return v;
  }

  private static double norm(double[] v) {
    double sum = ZERO;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }
}
