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
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PILL's gated adapter (arXiv 2311.02126) on the input of frozen layers: u = x + (SiLU(x·Gᵀ) ⊙
 * (x·Dᵀ))·Uᵀ, then the layer on u. Layers of one module (query, key, value; gate, up) read the same
 * input and share one adapter {@code module.glu_adapter.{gate,down,up}.weight}. U = 0 at the start.
 * The product of two learned maps cannot be merged.
 */
public final class GluAdapter implements Adaptation {
  private final Map<String, String> adapterOf = new LinkedHashMap<>();
  private final Map<String, Integer> widths = new LinkedHashMap<>();
  private final int width;
  private final List<ParameterSpec> added = new ArrayList<>();
  private final TrainedBiases biases;

  /**
   * @param config {@code rank} is the hidden width, 32 in the paper; α and dropout are not used
   * @throws PrecordiaException INVALID_CONFIGURATION if targets of one module differ in input width
   */
  public GluAdapter(LoraConfig config, Collection<ParameterSpec> base) {
    this.width = config.rank();
    for (LinearSite site : LinearSite.targeted(config, base)) {
      String module = site.path().substring(0, Math.max(0, site.path().lastIndexOf('.')));
      String adapter = (module.isEmpty() ? "" : module + ".") + "glu_adapter";
      adapterOf.put(site.path(), adapter);
      Integer known = widths.putIfAbsent(adapter, site.in());
      if (known == null) {
        gate(adapter).declare(added::add);
        down(adapter).declare(added::add);
        up(adapter).declare(added::add);
      } else if (known != site.in()) {
        throw new PrecordiaException(
            ErrorCode.INVALID_CONFIGURATION,
            "GLU adapter: targets of "
                + module
                + " read inputs of different width; name only those that share one");
      }
    }
    this.biases = new TrainedBiases(config.bias(), config.within(), Set.copyOf(adapterOf.keySet()));
  }

  private int in(String adapter) {
    return java.util.Objects.requireNonNull(widths.get(adapter));
  }

  private Linear gate(String adapter) {
    int in = in(adapter);
    return new Linear(adapter + ".gate", in, width, false, Initializer.fanIn(in));
  }

  private Linear down(String adapter) {
    return new Linear(adapter + ".down", in(adapter), width, false);
  }

  private Linear up(String adapter) {
    return new Linear(adapter + ".up", width, in(adapter), false, Initializer.ZEROS);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.copyOf(added);
  }

  @Override
  public Adapters hooks() {
    return Adapters.rewriting(
        path -> {
          String adapter = adapterOf.get(path);
          return adapter == null
              ? null
              : (f, layer, x, function) ->
                  layer.plain(f, f.ops().add(x, change(f, adapter, x)), function);
        });
  }

  private Tensor change(Forward f, String adapter, Tensor x) {
    Tensor gated =
        f.ops()
            .multiply(
                gate(adapter).plain(f, x, Activation.SILU),
                down(adapter).plain(f, x, Activation.IDENTITY));
    return up(adapter).plain(f, gated, Activation.IDENTITY);
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
    throw Adaptation.notMergeable("a gated linear unit");
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    throw Adaptation.notMergeable("a gated linear unit");
  }
}
