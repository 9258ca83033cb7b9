package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Block of a LLaMA-family decoder: x += attention(norm(x)); x += mlp(norm(x)). Parameters {@code
 * path.input_layernorm}, {@code path.self_attn.…}, {@code path.post_attention_layernorm}, {@code
 * path.mlp.…}.
 *
 * @param layer place in the cache
 */
public record DecoderBlock(String path, int layer, DecoderConfig config) implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    norm("input_layernorm").declare(sink);
    attention().declare(sink);
    norm("post_attention_layernorm").declare(sink);
    feedForward().declare(sink);
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x, DecoderPass pass) {
    Tensor mixed = f.ops().add(x, attention().apply(f, norm("input_layernorm").apply(f, x), pass));
    Tensor normed = norm("post_attention_layernorm").apply(f, mixed);
    return f.ops().add(mixed, feedForward().apply(f, normed));
  }

  private GroupedQueryAttention attention() {
    return new GroupedQueryAttention(path + ".self_attn", layer, config);
  }

  private GatedFeedForward feedForward() {
    return new GatedFeedForward(
        path + ".mlp", config.width(), config.hidden(), config.activation(), config.mlpBias());
  }

  private RmsNorm norm(String name) {
    return new RmsNorm(path + "." + name, config.width(), config.eps());
  }
}
