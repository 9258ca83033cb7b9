package io.precordia.adapter.compose;

import io.precordia.adapter.TopKSoftmax;
import io.precordia.nn.Forward;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * X-LoRA's scalings (Buehler and Buehler 2024): a classifier over the hidden states of a first,
 * adapter-free pass says per token and layer how much of each adapter the second pass uses.
 */
public final class XLoraScalings implements MixtureWeights {
  /**
   * How classifier outputs become scalings, as in PEFT's port: everything per token.
   *
   * @param softmax whether logits go through a softmax over the adapters; off leaves them signed
   * @param temperature of that softmax
   * @param top number of adapters kept per token, 0 for all
   * @param softmaxKept whether the kept scalings go through a softmax of their own
   * @param global factor on the whole change
   */
  public record Settings(
      boolean softmax, double temperature, int top, boolean softmaxKept, double global) {
    public static final Settings PEFT = new Settings(true, 1, 0, false, 1);
  }

  private final Tensor scalings;
  private final Map<String, Integer> layers = new LinkedHashMap<>();

  private XLoraScalings(Tensor scalings, AdapterMixture mixture) {
    this.scalings = scalings;
    mixture.layers().forEach(s -> layers.put(s.path(), layers.size()));
  }

  /**
   * @param logits classifier output [n, tokens, L, N] with L the layers of the mixture in order, or
   *     1 to use the same everywhere
   */
  public static XLoraScalings of(
      Ops ops, Tensor logits, AdapterMixture mixture, Settings settings) {
    long l = logits.rank() == 4 ? logits.size(2) : 0;
    if (l != 1 && l != mixture.layers().size() || logits.size(-1) != mixture.size()) {
      throw new IllegalArgumentException("X-LoRA: logits are [n, tokens, layers or 1, adapters]");
    }
    return new XLoraScalings(scalings(ops, logits, settings), mixture);
  }

  /** Scalings of logits [n, …, N], N being the adapters. */
  public static Tensor scalings(Ops ops, Tensor logits, Settings settings) {
    Tensor out =
        settings.softmax()
            ? TopKSoftmax.weights(
                ops, logits, Math.toIntExact(logits.size(-1)), settings.temperature())
            : logits;
    if (settings.top() > 0) {
      out =
          settings.softmaxKept()
              ? TopKSoftmax.weights(ops, out, settings.top(), 1)
              : TopKSoftmax.kept(ops, out, settings.top());
    }
    return ops.affine(out, settings.global(), 0);
  }

  @Override
  public @Nullable Tensor at(Forward f, String path, Tensor x) {
    Integer layer = layers.get(path);
    if (layer == null) {
      return null;
    }
    long at = scalings.size(2) == 1 ? 0 : layer;
    return f.ops()
        .reshape(
            f.ops().slice(scalings, 2, at, at + 1),
            scalings.size(0),
            scalings.size(1),
            scalings.size(3));
  }
}
