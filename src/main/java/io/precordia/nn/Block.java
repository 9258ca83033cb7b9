package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One transformer block. Pre-norm: x += attention(norm1(x)); x += mlp(norm2(x)). Post-norm (BERT,
 * RoBERTa): x = norm1(x + attention(x)); x = norm2(x + mlp(x)).
 */
public record Block(
    SelfAttention attention,
    FeedForward feedForward,
    LayerNorm norm1,
    LayerNorm norm2,
    boolean preNorm)
    implements Layer {
  /** A block of the given configuration under {@code path}. */
  public static Block of(String path, EncoderConfig config, double dropKey) {
    return new Block(
        new SelfAttention(
            path + ".attention",
            config.width(),
            config.heads(),
            config.fusedQkv(),
            config.qkvBias(),
            dropKey),
        new FeedForward(path + ".mlp", config.width(), config.hidden()),
        new LayerNorm(path + ".norm1", config.width(), config.eps()),
        new LayerNorm(path + ".norm2", config.width(), config.eps()),
        config.preNorm());
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    norm1.declare(sink);
    attention.declare(sink);
    norm2.declare(sink);
    feedForward.declare(sink);
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    if (preNorm) {
      Tensor mixed = f.ops().add(x, attention.apply(f, norm1.apply(f, x), keyMask));
      return f.ops().add(mixed, feedForward.apply(f, norm2.apply(f, mixed)));
    }
    Tensor mixed = norm1.apply(f, f.ops().add(x, attention.apply(f, x, keyMask)));
    return norm2.apply(f, f.ops().add(mixed, feedForward.apply(f, mixed)));
  }
}
