package io.precordia.nn;

import io.precordia.tensor.AttentionSpec;
import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Causal self-attention with rotary positions and fewer key heads than query heads (Ainslie et al.
 * 2023): {@code path.q_proj}, {@code k_proj}, {@code v_proj}, {@code o_proj}, and with {@code
 * qkNorm} {@code path.q_norm}, {@code path.k_norm}.
 *
 * @param layer place in the cache
 */
public record GroupedQueryAttention(String path, int layer, DecoderConfig config) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    queries().declare(sink);
    keys("k_proj").declare(sink);
    keys("v_proj").declare(sink);
    output().declare(sink);
    if (config.qkNorm()) {
      norm("q_norm").declare(sink);
      norm("k_norm").declare(sink);
    }
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x, DecoderPass pass) {
    Tensor q = placed(f, queries().apply(f, x), config.heads(), "q_norm", pass);
    Tensor k = placed(f, keys("k_proj").apply(f, x), config.kvHeads(), "k_norm", pass);
    KeyValues own = new KeyValues(k, keys("v_proj").apply(f, x));
    KeyValueCache cache = pass.cache();
    KeyValues all = cache == null ? own : cache.append(layer, own);
    AttentionSpec spec =
        AttentionSpec.of(config.heads(), config.headDim())
            .withKvHeads(config.kvHeads())
            .withCausal(true)
            .withKeyMask(pass.keyMask())
            .withDropout(f.training() ? config.attentionDropout() : 0);
    return output().apply(f, f.ops().attention(q, all.keys(), all.values(), spec));
  }

  private Tensor placed(Forward f, Tensor x, int heads, String norm, DecoderPass pass) {
    Tensor y = x;
    if (config.qkNorm()) {
      Tensor split = f.ops().reshape(x, x.size(0), x.size(1), heads, config.headDim());
      y = f.ops().reshape(norm(norm).apply(f, split), x.shape());
    }
    return f.ops().rotate(y, heads, pass.rope());
  }

  private Linear queries() {
    return projection("q_proj", config.width(), config.heads() * config.headDim());
  }

  private Linear keys(String name) {
    return projection(name, config.width(), config.kvHeads() * config.headDim());
  }

  private Linear output() {
    return projection("o_proj", config.heads() * config.headDim(), config.width());
  }

  private Linear projection(String name, int in, int out) {
    return new Linear(path + "." + name, in, out, config.attentionBias());
  }

  private RmsNorm norm(String name) {
    return new RmsNorm(path + "." + name, config.headDim(), config.eps());
  }
}
