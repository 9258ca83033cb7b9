package io.precordia.adapter;

import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.LowRank;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Low-rank adaptation (Hu et al. 2021): W + (α/r)·B·A, with B = 0 at the start. Factors are {@code
 * path.lora_A.weight} [r, in] and {@code path.lora_B.weight} [out, r]; a PEFT file has the same
 * names behind {@code base_model.model.}. Rank and scaling may differ from layer to layer.
 */
public final class Lora implements Adaptation {
  private final Map<String, LowRankSite> sites = new LinkedHashMap<>();
  private final List<ParameterSpec> added;
  private final double dropout;
  private final TrainedBiases biases;

  /**
   * @param base parameters of the model to adapt
   * @throws PrecordiaException INVALID_CONFIGURATION if no layer matches the targets
   */
  public Lora(LoraConfig config, Collection<ParameterSpec> base) {
    this(config, base, LoraConfig::scaling);
  }

  private Lora(
      LoraConfig config, Collection<ParameterSpec> base, ToDoubleFunction<LoraConfig> scaling) {
    this(
        LinearSite.targeted(config, base).stream()
            .map(s -> new LowRankSite(s, config.rank(), scaling.applyAsDouble(config)))
            .toList(),
        config.dropout(),
        config.bias(),
        config.within());
  }

  /**
   * Sites of any rank and scaling.
   *
   * @param dropout probability on the adapter's input in training
   * @param within prefix of the part whose biases {@code bias} speaks of
   */
  public Lora(List<LowRankSite> sites, double dropout, LoraConfig.BiasMode bias, String within) {
    sites.forEach(s -> this.sites.put(s.path(), s));
    this.added = sites.stream().flatMap(s -> s.factors().stream()).toList();
    this.dropout = dropout;
    this.biases = new TrainedBiases(bias, within, Set.copyOf(this.sites.keySet()));
  }

  /** rsLoRA (Kalajdzievski 2023): the same with scaling α/√r. */
  public static Lora rankStabilised(LoraConfig config, Collection<ParameterSpec> base) {
    return new Lora(config, base, c -> c.alpha() / Math.sqrt(c.rank()));
  }

  /** Adapted layers in the order of the base. */
  public List<LowRankSite> sites() {
    return List.copyOf(sites.values());
  }

  /** Paths of the adapted linear layers. */
  public Set<String> paths() {
    return Set.copyOf(sites.keySet());
  }

  @Override
  public List<ParameterSpec> parameters() {
    return added;
  }

  @Override
  public Adapters hooks() {
    return (parameters, path, training) -> {
      LowRankSite site = sites.get(path);
      return site == null
          ? null
          : new LowRank(
              parameters.get(site.down()),
              parameters.get(site.up()),
              site.scaling(),
              training ? dropout : 0,
              null);
    };
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    return added.contains(spec) || biases.trains(spec);
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    ParameterSet out = adapted.copy();
    for (LowRankSite site : sites.values()) {
      site.addDelta(out.values(site.layer().weight()), adapted, 1);
    }
    added.forEach(s -> out.remove(s.name()));
    return out;
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    ParameterSet out = merged.copy();
    for (LowRankSite site : sites.values()) {
      site.addDelta(out.values(site.layer().weight()), adapter, -1);
    }
    added.forEach(s -> out.put(s, adapter.values(s.name()).clone()));
    return out;
  }
}
