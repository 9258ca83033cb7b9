package io.precordia.adapter;

import io.precordia.nn.Adapters;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GS-LoRA's adapter (Zhao et al., CVPR 2024): LoRA on both linears of every feed-forward network,
 * whose factors form one group per transformer block for the group-sparse penalty Σ_g ‖θ_g‖₂.
 * Targets are the names of the two linears, for example fc1 and fc2.
 */
public final class GroupedLora implements Adaptation {
  private static final Pattern BLOCK = Pattern.compile("(.*?\\.\\d+)\\..*");

  /** Inside the root, so that the gradient of an empty group is 0 and not 0/0. */
  private static final double SAFE = 1e-24;

  private final Lora lora;
  private final boolean firstTask;
  private final Map<String, List<String>> groups = new LinkedHashMap<>();

  /** Factors as at the first task: A uniform in ±1/√in. */
  public GroupedLora(LoraConfig config, Collection<ParameterSpec> base) {
    this(config, base, true);
  }

  /**
   * @param firstTask false for later tasks of a continual run, where A starts in ±√(6/(51·in))
   */
  public GroupedLora(LoraConfig config, Collection<ParameterSpec> base, boolean firstTask) {
    this.lora = new Lora(config, base);
    this.firstTask = firstTask;
    for (LowRankSite site : lora.sites()) {
      Matcher block = BLOCK.matcher(site.path());
      groups
          .computeIfAbsent(block.matches() ? block.group(1) : site.path(), k -> new ArrayList<>())
          .addAll(List.of(site.down(), site.up()));
    }
  }

  /** Names of the factors of each block. */
  public Map<String, List<String>> groups() {
    return Map.copyOf(groups);
  }

  /** ‖θ_g‖₂ of each block. */
  public Map<String, Double> groupNorms(ParameterSet adapted) {
    Map<String, Double> out = new LinkedHashMap<>();
    groups.forEach(
        (block, names) -> {
          double sum = 0;
          for (String name : names) {
            for (float v : adapted.values(name)) {
              sum += (double) v * v;
            }
          }
          out.put(block, Math.sqrt(sum));
        });
    return out;
  }

  /** Σ_g ‖θ_g‖₂ as a differentiable scalar of shape [1]; groups are not weighted by size. */
  public Tensor penalty(Forward f) {
    Ops ops = f.ops();
    List<Tensor> norms = new ArrayList<>();
    for (List<String> names : groups.values()) {
      Tensor sum = ops.full(SAFE, 1);
      for (String name : names) {
        Tensor flat = ops.reshape(f.get(name), 1, -1);
        sum = ops.add(sum, ops.sum(ops.multiply(flat, flat), 1));
      }
      norms.add(ops.exp(ops.affine(ops.log(sum), 0.5, 0)));
    }
    return ops.reshape(ops.sum(ops.concat(0, norms), 0), 1);
  }

  @Override
  public List<ParameterSpec> parameters() {
    if (firstTask) {
      return lora.parameters();
    }
    return lora.sites().stream()
        .flatMap(
            s ->
                s.factors(new Initializer.Uniform(Math.sqrt(6 / (51.0 * s.layer().in())))).stream())
        .toList();
  }

  @Override
  public Adapters hooks() {
    return lora.hooks();
  }

  @Override
  public boolean trainable(ParameterSpec spec) {
    return lora.trainable(spec);
  }

  @Override
  public ParameterSet merge(ParameterSet adapted) {
    return lora.merge(adapted);
  }

  @Override
  public ParameterSet unmerge(ParameterSet merged, ParameterSet adapter) {
    return lora.unmerge(merged, adapter);
  }
}
