package io.precordia.nn;

import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * norm(x + output(attention(x, memory))): self-attention where the memory is x, cross-attention
 * otherwise. Parameters {@code projections.query}, {@code .key}, {@code .value}, {@code
 * path.output.dense}, {@code path.output.LayerNorm}.
 *
 * @param projections path of the three projections, which differs between architectures
 * @param memoryWidth width of what keys and values are made of
 */
public record PostNormAttention(
    String path, String projections, int memoryWidth, PostNormConfig config) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    projection("query", config.width()).declare(sink);
    projection("key", memoryWidth).declare(sink);
    projection("value", memoryWidth).declare(sink);
    dense().declare(sink);
    norm().declare(sink);
  }

  /** Keys and values of a memory [n, tokens, memoryWidth]; they serve any number of queries. */
  public KeyValues keysValues(Forward f, Tensor memory) {
    return new KeyValues(
        projection("key", memoryWidth).apply(f, memory),
        projection("value", memoryWidth).apply(f, memory));
  }

  /**
   * x [n, tokens, width], same shape out.
   *
   * @param keyMask [n, tokens of the memory], 1 for real ones; null if all are
   * @param causal a token sees only itself and what precedes it, x being the end of the memory
   */
  public Tensor apply(
      Forward f, Tensor x, KeyValues memory, @Nullable Tensor keyMask, boolean causal) {
    AttentionSpec spec =
        AttentionSpec.of(config.heads(), config.width() / config.heads())
            .withKeyMask(keyMask)
            .withCausal(causal)
            .withDropout(f.training() ? config.attentionDropout() : 0);
    Tensor q = projection("query", config.width()).apply(f, x);
    Tensor mixed = dense().apply(f, f.ops().attention(q, memory.keys(), memory.values(), spec));
    return norm().apply(f, f.ops().add(f.dropout(mixed, config.dropout()), x));
  }

  private Linear projection(String name, int in) {
    return new Linear(projections + "." + name, in, config.width(), true);
  }

  private Linear dense() {
    return new Linear(path + ".output.dense", config.width(), config.width(), true);
  }

  private LayerNorm norm() {
    return new LayerNorm(path + ".output.LayerNorm", config.width(), config.eps());
  }
}
