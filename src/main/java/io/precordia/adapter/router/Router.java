package io.precordia.adapter.router;

import io.precordia.adapter.LinearSite;
import io.precordia.adapter.bank.AdapterSource;
import io.precordia.adapter.bank.GivenWeights;
import io.precordia.adapter.compose.XLoraScalings;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An opened router: its members stacked as one source of a bank, and X-LoRA's classifier where it
 * has one. Thread-safe.
 *
 * @param layers those that a member changes, in the order in which the base declares them
 */
public record Router(
    RouterConfig config,
    AdapterSource source,
    @Nullable XLoraClassifier classifier,
    List<LinearSite> layers) {
  public Router {
    layers = List.copyOf(layers);
  }

  /** Whether its weights need a first pass. */
  public boolean looksFirst() {
    return classifier != null;
  }

  /** Scalars beside the members. */
  public long ownParameters() {
    return classifier == null ? 0 : classifier.count();
  }

  /**
   * X-LoRA's weights of one batch. The first pass is made when the first layer asks, so that a pass
   * through a tower that no member changes costs nothing.
   *
   * @param states last states of the router's rows without adapters [rows, tokens, width]
   */
  public GivenWeights given(Supplier<Tensor> states) {
    RouterConfig.XLora rule = (RouterConfig.XLora) config.rule();
    XLoraClassifier reader = Objects.requireNonNull(classifier);
    Map<String, Integer> order = new HashMap<>();
    layers.forEach(l -> order.put(l.path(), order.size()));
    Held held = new Held();
    return (ops, path) -> {
      if (held.values == null) {
        held.read(ops, reader, rule, states, config.members().size());
      }
      int layer =
          rule.layerwise()
              ? Objects.requireNonNull(order.get(path), "a routed layer has its place")
              : 0;
      return held.at(ops, layer);
    };
  }

  /** Scalings on the host, because a layer's tensors do not outlive the layer. */
  private static final class Held {
    private float @Nullable [] values;
    private int rows;
    private int tokens;
    private int layers;
    private int members;

    void read(
        Ops ops,
        XLoraClassifier classifier,
        RouterConfig.XLora rule,
        Supplier<Tensor> states,
        int members) {
      try (Scope scope = ops.scope()) {
        Tensor logits = classifier.logits(ops, states.get());
        rows = Math.toIntExact(logits.size(0));
        tokens = Math.toIntExact(logits.size(1));
        this.members = members;
        layers = Math.toIntExact(logits.size(2)) / members;
        Tensor shaped = ops.reshape(logits, rows, tokens, layers, members);
        values = ops.download(XLoraScalings.scalings(ops, shaped, rule.settings()));
      }
      for (float v : values) {
        if (!Float.isFinite(v)) {
          throw new PrecordiaException(
              ErrorCode.BAD_WEIGHTS, "router: the classifier gives values that are not finite");
        }
      }
    }

    Tensor at(Ops ops, int layer) {
      float[] all = Objects.requireNonNull(values);
      float[] out = new float[rows * tokens * members];
      for (int i = 0; i < rows * tokens; i++) {
        System.arraycopy(all, (i * layers + layer) * members, out, i * members, members);
      }
      return ops.upload(out, rows, tokens, members);
    }
  }
}
