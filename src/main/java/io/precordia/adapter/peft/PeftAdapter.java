package io.precordia.adapter.peft;

import io.precordia.adapter.Adaptation;
import io.precordia.adapter.Dora;
import io.precordia.adapter.Ia3;
import io.precordia.adapter.LinearSite;
import io.precordia.adapter.Lora;
import io.precordia.adapter.LoraConfig;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.ParameterSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A trained adapter over a known base, under the base's own names.
 *
 * <p>To run it: {@code Forward.evaluation(ops, new FrozenParameters(ops, adapter.on(base)),
 * adapter.adaptation().hooks())}. To merge: {@code adapter.adaptation().merge(adapter.on(base))}.
 */
public final class PeftAdapter {
  private final PeftConfig config;
  private final Adaptation adaptation;
  private final ParameterSet values;
  private final ParameterSet replaced;

  PeftAdapter(
      PeftConfig config, Adaptation adaptation, ParameterSet values, ParameterSet replaced) {
    this.config = config;
    this.adaptation = adaptation;
    this.values = values;
    this.replaced = replaced;
  }

  /**
   * A trained adapter of this program in PEFT's terms, to be written.
   *
   * @param adaptation LoRA (rank-stabilised too), DoRA or (IA)³
   * @param trained a set that holds its parameters
   * @throws PrecordiaException INVALID_ARGUMENT for methods that PEFT does not have
   */
  public static PeftAdapter of(Adaptation adaptation, ParameterSet trained) {
    ParameterSet values = new ParameterSet();
    adaptation.parameters().forEach(s -> values.put(s, trained.values(s.name())));
    PeftConfig config =
        switch (adaptation) {
          case Lora lora -> lowRank(PeftConfig.Kind.LORA, lora.sites());
          case Dora dora -> lowRank(PeftConfig.Kind.DORA, dora.sites());
          case Ia3 ia3 -> ia3(ia3);
          default ->
              throw new PrecordiaException(
                  ErrorCode.INVALID_ARGUMENT, "PEFT folders hold LoRA, DoRA and (IA)³ only");
        };
    return new PeftAdapter(config, adaptation, values, new ParameterSet());
  }

  private static PeftConfig lowRank(PeftConfig.Kind kind, List<LowRankSite> sites) {
    LowRankSite first = sites.getFirst();
    double alpha = first.scaling() * first.rank();
    Map<String, Double> ranks = new LinkedHashMap<>();
    Map<String, Double> alphas = new LinkedHashMap<>();
    for (LowRankSite site : sites) {
      if (site.rank() != first.rank()) {
        ranks.put(site.path(), (double) site.rank());
      }
      // The resolved scaling is what counts: α follows from it.
      if (site.scaling() * site.rank() != alpha) {
        alphas.put(site.path(), site.scaling() * site.rank());
      }
    }
    return config(
        kind,
        first.rank(),
        alpha,
        ranks,
        alphas,
        sites.stream().map(LowRankSite::path).toList(),
        List.of());
  }

  private static PeftConfig ia3(Ia3 ia3) {
    return config(
        PeftConfig.Kind.IA3,
        1,
        1,
        Map.of(),
        Map.of(),
        ia3.sites().stream().map(LinearSite::path).toList(),
        ia3.sites().stream().map(LinearSite::path).filter(ia3::scalesInput).toList());
  }

  private static PeftConfig config(
      PeftConfig.Kind kind,
      int rank,
      double alpha,
      Map<String, Double> ranks,
      Map<String, Double> alphas,
      List<String> targets,
      List<String> feedForward) {
    return new PeftConfig(
        kind,
        rank,
        alpha,
        ranks,
        alphas,
        false,
        0,
        new ModuleNameRule(null, targets),
        false,
        ModuleNameRule.NONE,
        List.of(),
        List.of(),
        List.of(),
        LoraConfig.BiasMode.NONE,
        new ModuleNameRule(null, feedForward));
  }

  PeftConfig config() {
    return config;
  }

  /** The configuration with other module names where it lists full paths of its layers. */
  PeftConfig config(UnaryOperator<String> names) {
    return new PeftConfig(
        config.kind(),
        config.rank(),
        config.alpha(),
        renamed(config.rankPattern(), names),
        renamed(config.alphaPattern(), names),
        config.rankStabilised(),
        config.dropout(),
        renamed(config.targets(), names),
        config.allLinear(),
        config.excluded(),
        config.layers(),
        config.layersPattern(),
        config.modulesToSave(),
        config.bias(),
        renamed(config.feedForward(), names));
  }

  private boolean isLayer(String name) {
    return values.specs().stream().anyMatch(s -> s.name().startsWith(name + "."));
  }

  private ModuleNameRule renamed(ModuleNameRule rule, UnaryOperator<String> names) {
    return new ModuleNameRule(
        rule.expression(),
        rule.names().stream().map(n -> isLayer(n) ? names.apply(n) : n).toList());
  }

  private Map<String, Double> renamed(Map<String, Double> by, UnaryOperator<String> names) {
    Map<String, Double> out = new LinkedHashMap<>();
    by.forEach((k, v) -> out.put(isLayer(k) ? names.apply(k) : k, v));
    return out;
  }

  /** The method, configured as the folder says. */
  public Adaptation adaptation() {
    return adaptation;
  }

  /** The adapter's own parameters. */
  public ParameterSet values() {
    return values;
  }

  /** Parameters of the base that the folder replaces: biases and saved modules; mostly empty. */
  public ParameterSet replaced() {
    return replaced;
  }

  /** The base with replaced parameters and the adapter's values behind it; arrays are shared. */
  public ParameterSet on(ParameterSet base) {
    ParameterSet out = new ParameterSet();
    base.specs().forEach(s -> out.put(s, base.values(s.name())));
    replaced.specs().forEach(s -> out.put(s, replaced.values(s.name())));
    values.specs().forEach(s -> out.put(s, values.values(s.name())));
    return out;
  }

  /**
   * The low-rank factors alone, as the adapter bank holds them.
   *
   * @throws PrecordiaException INVALID_ARGUMENT for DoRA, (IA)³ and folders that replace
   *     parameters: they cannot share a batch; merge them into a copy of the base instead
   */
  public LowRankAdapter lowRank() {
    if (adaptation instanceof Lora lora && replaced.specs().isEmpty()) {
      return new LowRankAdapter(lora.sites(), values);
    }
    throw notLowRank();
  }

  static PrecordiaException notLowRank() {
    return new PrecordiaException(
        ErrorCode.INVALID_ARGUMENT,
        "this adapter is more than low-rank factors and cannot share a batch; merge it instead");
  }
}
