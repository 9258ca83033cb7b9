package io.precordia.adapter.compose;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.LowRankAdapter;
import io.precordia.adapter.LowRankSite;
import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several frozen adapters in one model, weighted per position: y = W·x + Σ_i w_i·s_i·B_i·A_i·x. The
 * factors of all adapters are stacked, so that any ranks make one pair of products per layer. Never
 * mergeable, as weights depend on the input.
 */
public final class AdapterMixture {
  private final List<LowRankAdapter> adapters;
  private final LowRankAdapter stacked;
  private final Map<String, float[]> shares = new LinkedHashMap<>();

  /** The order of the adapters is that of the weights. */
  public AdapterMixture(List<LowRankAdapter> adapters) {
    this.adapters = List.copyOf(adapters);
    // Stacking folds every scaling into B: applied once, here.
    this.stacked = Stacking.stack(adapters.stream().map(a -> new Weighted(a, 1)).toList());
    for (LowRankSite site : stacked.sites()) {
      shares.put(site.path(), share(site));
    }
  }

  /** [N, Σr]: 1 where a unit belongs to an adapter. */
  private float[] share(LowRankSite whole) {
    float[] out = new float[adapters.size() * whole.rank()];
    int at = 0;
    for (int i = 0; i < adapters.size(); i++) {
      int rank = adapters.get(i).at(whole.path()).map(LowRankSite::rank).orElse(0);
      for (int r = 0; r < rank; r++) {
        out[i * whole.rank() + at++] = 1;
      }
    }
    return out;
  }

  /** Number of adapters. */
  public int size() {
    return adapters.size();
  }

  /** Layers that any of the adapters changes. */
  public List<LinearSite> layers() {
    return stacked.sites().stream().map(LowRankSite::layer).toList();
  }

  /** Stacked factors; they are not to be trained. */
  public List<ParameterSpec> parameters() {
    return new ArrayList<>(stacked.values().specs());
  }

  /** The base with the stacked factors behind it; arrays are shared. */
  public ParameterSet on(ParameterSet base) {
    return stacked.on(base);
  }

  public Adapters hooks(MixtureWeights weights) {
    return Adapters.rewriting(
        path ->
            stacked
                .at(path)
                .<io.precordia.nn.LinearRewrite>map(
                    site ->
                        (f, layer, x, function) -> {
                          Tensor chosen = weights.at(f, path, x);
                          return chosen == null
                              ? layer.plain(f, x, function)
                              : f.ops()
                                  .activation(
                                      f.ops()
                                          .add(
                                              layer.plain(f, x, Activation.IDENTITY),
                                              change(f, site, x, chosen)),
                                      function);
                        })
                .orElse(null));
  }

  private Tensor change(Forward f, LowRankSite site, Tensor x, Tensor weights) {
    Ops ops = f.ops();
    float[] share = java.util.Objects.requireNonNull(shares.get(site.path()));
    Tensor spread = ops.matmul(weights, ops.upload(share, adapters.size(), site.rank()), false);
    Tensor low = ops.multiply(ops.matmul(x, f.get(site.down()), true), spread);
    return ops.matmul(low, f.get(site.up()), true);
  }
}
