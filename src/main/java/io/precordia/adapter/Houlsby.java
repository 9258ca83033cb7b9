package io.precordia.adapter;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bottleneck adapter in series (Houlsby et al. 2019): y + Up·GELU(Down·y), Up = 0 at the start, on
 * the output of each targeted layer; the paper's places are the attention's output projection and
 * the feed-forward's second linear. Not mergeable.
 */
public final class Houlsby implements Adaptation {
  private final Map<String, LinearSite> sites = new LinkedHashMap<>();
  private final int width;
  private final List<ParameterSpec> added = new ArrayList<>();
  private final TrainedBiases biases;

  /**
   * @param config {@code rank} is the bottleneck's width; α and dropout are not used
   */
  public Houlsby(LoraConfig config, Collection<ParameterSpec> base) {
    this.width = config.rank();
    for (LinearSite site : LinearSite.targeted(config, base)) {
      sites.put(site.path(), site);
      down(site).declare(added::add);
      up(site)
          .declare(
              s ->
                  added.add(
                      s.role() == ParameterSpec.Role.WEIGHT ? s.startingAt(Initializer.ZEROS) : s));
    }
    this.biases = new TrainedBiases(config.bias(), config.within(), Set.copyOf(sites.keySet()));
  }

  private Linear down(LinearSite site) {
    return new Linear(site.path() + ".adapter_down", site.out(), width, true);
  }

  private Linear up(LinearSite site) {
    return new Linear(site.path() + ".adapter_up", width, site.out(), true);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.copyOf(added);
  }

  @Override
  public Adapters hooks() {
    return Adapters.rewriting(
        path -> {
          LinearSite site = sites.get(path);
          return site == null
              ? null
              : (f, layer, x, function) ->
                  f.ops()
                      .activation(after(f, site, layer.plain(f, x, Activation.IDENTITY)), function);
        });
  }

  private Tensor after(Forward f, LinearSite site, Tensor y) {
    Tensor low = down(site).plain(f, y, Activation.GELU);
    return f.ops().add(y, up(site).plain(f, low, Activation.IDENTITY));
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    return added.contains(spec) || biases.trains(spec);
  }

  @Override
  public boolean mergeable() {
    return false;
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    throw Adaptation.notMergeable("a bottleneck adapter");
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    throw Adaptation.notMergeable("a bottleneck adapter");
  }
}
