package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * (IA)³ (Liu et al. 2022): learned factors on activations. {@code path.ia3_l} is [out, 1] and
 * scales the layer's output, bias included; at feed-forward layers it is [1, in] and scales the
 * input. All factors start at one.
 */
public final class Ia3 implements Adaptation {
  /** Second linears of feed-forward networks by their usual names. */
  private static final Set<String> FEED_FORWARD = Set.of("fc2", "down_proj", "wo", "output.dense");

  private final Map<String, LinearSite> sites = new LinkedHashMap<>();
  private final Set<String> feedForward = new LinkedHashSet<>();
  private final List<ParameterSpec> added;

  /** Layers whose names are usual for the second linear of a feed-forward scale their input. */
  public Ia3(LoraConfig config, Collection<ParameterSpec> base) {
    this(
        LinearSite.targeted(config, base),
        path -> FEED_FORWARD.stream().anyMatch(t -> ("." + path).endsWith("." + t)));
  }

  /**
   * @param feedForward which paths scale the input
   */
  public Ia3(List<LinearSite> sites, Predicate<String> feedForward) {
    for (LinearSite site : sites) {
      this.sites.put(site.path(), site);
      if (feedForward.test(site.path())) {
        this.feedForward.add(site.path());
      }
    }
    this.added =
        sites.stream()
            .map(
                s ->
                    new ParameterSpec(name(s), shape(s), ParameterSpec.Role.GAIN, Initializer.ONES))
            .toList();
  }

  /** Name of the factors at a layer. */
  public static String name(LinearSite site) {
    return site.path() + ".ia3_l";
  }

  /** Adapted layers in the order of the base. */
  public List<LinearSite> sites() {
    return List.copyOf(sites.values());
  }

  /** Whether a layer's input is scaled instead of its output. */
  public boolean scalesInput(String path) {
    return feedForward.contains(path);
  }

  private long[] shape(LinearSite site) {
    return feedForward.contains(site.path())
        ? new long[] {1, site.in()}
        : new long[] {site.out(), 1};
  }

  @Override
  public List<ParameterSpec> parameters() {
    return added;
  }

  @Override
  public Adapters hooks() {
    return Adapters.rewriting(
        path -> {
          LinearSite site = sites.get(path);
          if (site == null) {
            return null;
          }
          return (f, layer, x, function) -> {
            Tensor factors = f.ops().reshape(f.get(name(site)), -1);
            return feedForward.contains(path)
                ? layer.plain(f, f.ops().multiply(x, factors), function)
                : f.ops()
                    .activation(
                        f.ops().multiply(layer.plain(f, x, Activation.IDENTITY), factors),
                        function);
          };
        });
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    return added.contains(spec);
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    ParameterSet out = adapted.copy();
    sites.values().forEach(s -> scale(out, s, adapted.values(name(s)), false));
    added.forEach(s -> out.remove(s.name()));
    return out;
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    ParameterSet out = merged.copy();
    sites.values().forEach(s -> scale(out, s, adapter.values(name(s)), true));
    added.forEach(s -> out.put(s, adapter.values(s.name()).clone()));
    return out;
  }

  private void scale(ParameterSet set, LinearSite site, float[] factors, boolean inverse) {
    boolean input = feedForward.contains(site.path());
    float[] weight = set.values(site.weight());
    for (int i = 0; i < weight.length; i++) {
      float factor = factors[input ? i % site.in() : i / site.in()];
      weight[i] = inverse ? divided(weight[i], factor) : weight[i] * factor;
    }
    if (!input && set.contains(site.bias())) {
      float[] bias = set.values(site.bias());
      for (int o = 0; o < bias.length; o++) {
        bias[o] = inverse ? divided(bias[o], factors[o]) : bias[o] * factors[o];
      }
    }
  }

  private static float divided(float value, float factor) {
    if (factor == 0) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT,
          "(IA)³: a factor of 0 erased weights; keep the base instead of unmerging");
    }
    return value / factor;
  }
}
