package io.precordia.nn;

import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head self-attention. With {@code fused} the projections are one linear {@code path.qkv};
 * otherwise {@code path.query}, {@code path.key}, {@code path.value}, so that adapters can name
 * them. The output projection {@code path.output} has a bias.
 *
 * @param qkvBias whether query, key and value have a bias
 * @param dropKey ratio that this layer itself applies in training
 */
public record SelfAttention(
    String path, int width, int heads, boolean fused, boolean qkvBias, double dropKey)
    implements Layer {
  public SelfAttention {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "attention: width " + width + " is not divisible by " + heads + " heads");
    }
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    if (fused) {
      projection("qkv", 3).declare(sink);
    } else {
      projection("query", 1).declare(sink);
      projection("key", 1).declare(sink);
      projection("value", 1).declare(sink);
    }
    output().declare(sink);
  }

  /** x [n, tokens, width]; keyMask [n, tokens] with 1 for real tokens, or null. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    AttentionSpec spec = spec(f.training()).withKeyMask(keyMask);
    AttentionObserver observer = f.observer();
    if (observer != null) {
      return output().apply(f, observed(f, x, spec, observer));
    }
    Tensor mixed =
        fused
            ? f.ops().attentionPacked(projection("qkv", 3).apply(f, x), spec)
            : f.ops()
                .attention(
                    projection("query", 1).apply(f, x),
                    projection("key", 1).apply(f, x),
                    projection("value", 1).apply(f, x),
                    spec);
    return output().apply(f, mixed);
  }

  /** The layers before the heads: the fused one, or query, key and value. */
  public List<Linear> layers() {
    return fused
        ? List.of(projection("qkv", 3))
        : List.of(projection("query", 1), projection("key", 1), projection("value", 1));
  }

  /** Queries, keys and values of x, each [n, tokens, width]. */
  public List<Tensor> projections(Forward f, Tensor x) {
    if (!fused) {
      return List.of(
          projection("query", 1).apply(f, x),
          projection("key", 1).apply(f, x),
          projection("value", 1).apply(f, x));
    }
    Tensor qkv = projection("qkv", 3).apply(f, x);
    return List.of(
        f.ops().slice(qkv, -1, 0, width),
        f.ops().slice(qkv, -1, width, 2L * width),
        f.ops().slice(qkv, -1, 2L * width, 3L * width));
  }

  /** The same function step by step, so that the weights can be seen. */
  private Tensor observed(Forward f, Tensor x, AttentionSpec spec, AttentionObserver observer) {
    if (f.training()) {
      throw new IllegalStateException("attention is observed in evaluation mode only");
    }
    Ops ops = f.ops();
    List<Tensor> parts = projections(f, x).stream().map(p -> split(ops, p)).toList();
    Tensor logits = ops.matmul(ops.affine(parts.get(0), spec.scale(), 0), parts.get(1), true);
    Tensor mask = spec.keyMask();
    if (mask != null) {
      Tensor hidden = ops.reshape(ops.affine(mask, 1e30, -1e30), mask.size(0), 1, 1, mask.size(1));
      logits = ops.add(logits, hidden);
    }
    Tensor weights = observer.weights(path, ops.softmax(logits));
    Tensor mixed = ops.permute(ops.matmul(weights, parts.get(2), false), 0, 2, 1, 3);
    return ops.reshape(mixed, x.size(0), x.size(1), width);
  }

  /** [n, tokens, width] to [n, heads, tokens, width/heads]. */
  private Tensor split(Ops ops, Tensor x) {
    return ops.permute(ops.reshape(x, x.size(0), x.size(1), heads, width / heads), 0, 2, 1, 3);
  }

  /** The specification that {@link #apply} hands to the backend, mask aside. */
  public AttentionSpec spec(boolean training) {
    return AttentionSpec.of(heads, width / heads).withDropKey(training ? dropKey : 0);
  }

  private Linear projection(String name, int times) {
    return new Linear(path + "." + name, width, (long) times * width, qkvBias);
  }

  /** The layer behind the heads. */
  public Linear output() {
    return new Linear(path + ".output", width, width, true);
  }
}
