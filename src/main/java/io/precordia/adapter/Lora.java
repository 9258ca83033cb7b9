package io.precordia.adapter;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.Adapters;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.LowRank;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Low-rank adaptation (Hu et al. 2021): W + (α/r)·B·A, with B = 0 at the start. Factors are {@code
 * path.lora_A.weight} [r, in] and {@code path.lora_B.weight} [out, r]; a PEFT file has the same
 * names behind {@code base_model.model.}.
 */
public final class Lora implements Adaptation {
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";
  private static final String WEIGHT = ".weight";

  private final LoraConfig config;
  private final List<ParameterSpec> added = new ArrayList<>();
  private final Set<String> paths = new LinkedHashSet<>();

  /**
   * @param base parameters of the model to adapt
   * @throws PrecordiaException INVALID_CONFIGURATION if no layer matches the targets
   */
  public Lora(LoraConfig config, Collection<ParameterSpec> base) {
    this.config = config;
    for (ParameterSpec spec : base) {
      if (spec.role() == ParameterSpec.Role.WEIGHT
          && spec.shape().length == 2
          && targeted(spec.name())) {
        String path = spec.name().substring(0, spec.name().length() - WEIGHT.length());
        long out = spec.shape()[0];
        long in = spec.shape()[1];
        paths.add(path);
        added.add(factor(path + A, config.rank(), in, Initializer.fanIn(in)));
        added.add(factor(path + B, out, config.rank(), Initializer.ZEROS));
      }
    }
    if (paths.isEmpty()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_CONFIGURATION,
          "LoRA: no linear layer matches the targets " + config.targets());
    }
  }

  private boolean targeted(String name) {
    return name.startsWith(config.within())
        && name.endsWith(WEIGHT)
        && config.targets().stream().anyMatch(t -> name.endsWith("." + t + WEIGHT));
  }

  private static ParameterSpec factor(String name, long rows, long columns, Initializer start) {
    return new ParameterSpec(name, new long[] {rows, columns}, ParameterSpec.Role.WEIGHT, start);
  }

  public LoraConfig config() {
    return config;
  }

  /** Paths of the adapted linear layers. */
  public Set<String> paths() {
    return Set.copyOf(paths);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.copyOf(added);
  }

  @Override
  public Adapters hooks() {
    return (parameters, path, training) ->
        paths.contains(path)
            ? new LowRank(
                parameters.get(path + A),
                parameters.get(path + B),
                config.scaling(),
                training ? config.dropout() : 0,
                null)
            : null;
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    String name = spec.name();
    if (name.endsWith(A) || name.endsWith(B)) {
      return true;
    }
    if (spec.role() != ParameterSpec.Role.BIAS || !name.startsWith(config.within())) {
      return false;
    }
    return switch (config.bias()) {
      case NONE -> false;
      case ALL -> true;
      case LORA_ONLY -> paths.contains(name.substring(0, name.lastIndexOf('.')));
    };
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    ParameterSet out = adapted.copy();
    for (String path : paths) {
      addDelta(out.values(path + WEIGHT), adapted, path, config.scaling());
      out.remove(path + A);
      out.remove(path + B);
    }
    return out;
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    ParameterSet out = merged.copy();
    for (String path : paths) {
      addDelta(out.values(path + WEIGHT), adapter, path, -config.scaling());
    }
    added.forEach(s -> out.put(s, adapter.values(s.name()).clone()));
    return out;
  }

  /** weight += factor·B·A, accumulated in double precision. */
  private void addDelta(float[] weight, ParameterSet adapter, String path, double factor) {
    float[] a = adapter.values(path + A);
    float[] b = adapter.values(path + B);
    int rank = config.rank();
    int in = a.length / rank;
    for (int o = 0; o < b.length / rank; o++) {
      for (int i = 0; i < in; i++) {
        double sum = 0;
        for (int r = 0; r < rank; r++) {
          sum += (double) b[o * rank + r] * a[r * in + i];
        }
        weight[o * in + i] += (float) (factor * sum);
      }
    }
  }
}
