package io.precordia.nn;

import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Tensor;
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

  /** The specification that {@link #apply} hands to the backend, mask aside. */
  public AttentionSpec spec(boolean training) {
    return AttentionSpec.of(heads, width / heads).withDropKey(training ? dropKey : 0);
  }

  private Linear projection(String name, int times) {
    return new Linear(path + "." + name, width, (long) times * width, qkvBias);
  }

  private Linear output() {
    return new Linear(path + ".output", width, width, true);
  }
}
