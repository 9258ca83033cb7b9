package io.precordia.adapter;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.tensor.LowRank;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LoRA that works at every rank up to its own (DyLoRA, Valipour et al. 2022): training draws a rank
 * b per step, the same for all layers, and computes with the first b rows of A and columns of B at
 * scaling α/b; later any b can be chosen.
 */
public final class Dylora implements Adaptation {
  private final Lora full;
  private final Map<String, LowRankSite> sites = new LinkedHashMap<>();
  private final int rank;
  private final double dropout;

  public Dylora(LoraConfig config, Collection<ParameterSpec> base) {
    this.full = new Lora(config, base);
    this.rank = config.rank();
    this.dropout = config.dropout();
    full.sites().forEach(s -> sites.put(s.path(), s));
  }

  /** Largest rank. */
  public int rank() {
    return rank;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return full.parameters();
  }

  @Override
  public Adapters hooks() {
    return full.hooks();
  }

  /**
   * The pass at rank b, 1 to {@link #rank()}.
   *
   * @param frozen whether only row and column b get gradient, the ones before it being constant
   */
  public Adapters hooks(int b, boolean frozen) {
    require(b);
    return Adapters.rewriting(
        path -> {
          LowRankSite site = sites.get(path);
          return site == null
              ? null
              : (f, layer, x, function) -> apply(f, layer, site, b, frozen, x, function);
        });
  }

  private Tensor apply(
      Forward f,
      Linear layer,
      LowRankSite site,
      int b,
      boolean frozen,
      Tensor x,
      Activation function) {
    LowRank prefix =
        new LowRank(
            prefix(f.ops(), f.get(site.down()), 0, b, frozen),
            prefix(f.ops(), f.get(site.up()), 1, b, frozen),
            prefix(site, b).scaling(),
            f.training() ? dropout : 0,
            null);
    Tensor bias = layer.bias() ? f.get(site.layer().bias()) : null;
    return f.ops().linear(x, f.get(site.layer().weight()), bias, function, prefix);
  }

  private static Tensor prefix(Ops ops, Tensor factor, int axis, int b, boolean frozen) {
    if (!frozen || b == 1 || !(ops instanceof DifferentiableOps training)) {
      return ops.slice(factor, axis, 0, b);
    }
    return ops.concat(
        axis,
        List.of(
            training.detach(ops.slice(factor, axis, 0, b - 1L)),
            ops.slice(factor, axis, b - 1L, b)));
  }

  /** α/b: serving at rank b keeps α, not the largest rank's scaling. */
  private static LowRankSite prefix(LowRankSite site, int b) {
    return new LowRankSite(site.layer(), b, site.scaling() * site.rank() / b);
  }

  /** A plain LoRA adapter of rank b cut from trained factors. */
  public LowRankAdapter truncated(ParameterSet adapter, int b) {
    require(b);
    ParameterSet out = new ParameterSet();
    for (LowRankSite site : sites.values()) {
      float[] a = adapter.values(site.down());
      float[] up = adapter.values(site.up());
      float[] cut = new float[site.layer().out() * b];
      for (int i = 0; i < cut.length; i++) {
        cut[i] = up[i / b * site.rank() + i % b];
      }
      List<ParameterSpec> factors = prefix(site, b).factors();
      out.put(factors.get(0), java.util.Arrays.copyOf(a, b * site.layer().in()));
      out.put(factors.get(1), cut);
    }
    return new LowRankAdapter(sites.values().stream().map(s -> prefix(s, b)).toList(), out);
  }

  private void require(int b) {
    if (b < 1 || b > rank) {
      throw new IllegalArgumentException("DyLoRA: rank 1 to " + rank + ", not " + b);
    }
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    return full.trainable(spec);
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    return full.merge(adapted);
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    return full.unmerge(merged, adapter);
  }
}
