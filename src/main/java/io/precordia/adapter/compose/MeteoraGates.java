package io.precordia.adapter.compose;

import io.precordia.adapter.TopKSoftmax;
import io.precordia.nn.Forward;
import io.precordia.nn.Initializer;
import io.precordia.nn.Linear;
import io.precordia.nn.ParameterSpec;
import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MeteoRA's gates (Xu et al. 2024): every adapted layer has its own {@code
 * path.meteora_gate.weight} [N, in] over its input; the k largest logits of a token, through a
 * softmax, weigh the adapters. Only the gates train.
 */
public final class MeteoraGates implements MixtureWeights {
  private final Map<String, Linear> gates = new LinkedHashMap<>();
  private final int top;
  private final double temperature;

  /**
   * @param top k, 2 in the paper
   * @param temperature 1; higher values blend more
   */
  public MeteoraGates(AdapterMixture mixture, int top, double temperature) {
    if (top < 1 || top > mixture.size() || !(temperature > 0)) {
      throw new IllegalArgumentException("MeteoRA: k from 1 to N, temperature above 0");
    }
    mixture
        .layers()
        .forEach(
            s ->
                gates.put(
                    s.path(),
                    new Linear(
                        s.path() + ".meteora_gate",
                        s.in(),
                        mixture.size(),
                        false,
                        Initializer.fanIn(s.in()))));
    this.top = top;
    this.temperature = temperature;
  }

  /** The gates: N·in scalars per layer. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> out = new ArrayList<>();
    gates.values().forEach(g -> g.declare(out::add));
    return out;
  }

  @Override
  public Tensor at(Forward f, String path, Tensor x) {
    return TopKSoftmax.weights(f.ops(), logits(f, path, x), top, temperature);
  }

  private Tensor logits(Forward f, String path, Tensor x) {
    return java.util.Objects.requireNonNull(gates.get(path)).plain(f, x, Activation.IDENTITY);
  }

  /** Cross-entropy of one layer's gate against the task of each sample, as training supervises. */
  public Tensor supervision(Forward f, String path, Tensor x, int[] tasks) {
    Ops ops = f.ops();
    Tensor logits =
        ops.reshape(
            logits(f, path, x), -1, java.util.Objects.requireNonNull(gates.get(path)).out());
    int perSample = Math.toIntExact(logits.size(0) / tasks.length);
    int[] targets = new int[tasks.length * perSample];
    java.util.Arrays.setAll(targets, i -> tasks[i / perSample]);
    return ops.crossEntropy(logits, ops.upload(targets, targets.length), null);
  }
}
