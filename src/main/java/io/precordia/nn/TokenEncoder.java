package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;

/**
 * The part of a ViT behind its tokeniser: class token first, learned positions added, encoder,
 * class token out. Parameters {@code path.cls_token} [1, 1, d], {@code path.position_embedding} [1,
 * tokens + 1, d], {@code path.blocks.…}, {@code path.norm}.
 */
public final class TokenEncoder implements Layer {
  private final String path;
  private final int tokens;
  private final EncoderConfig config;
  private final Encoder encoder;

  public TokenEncoder(String path, int tokens, EncoderConfig config) {
    this.path = path;
    this.tokens = tokens;
    this.config = config;
    this.encoder = new Encoder(path, config);
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    sink.accept(embedding("cls_token", 1));
    sink.accept(embedding("position_embedding", tokens + 1));
    encoder.declare(sink);
  }

  private ParameterSpec embedding(String name, int rows) {
    return new ParameterSpec(
        path + "." + name,
        new long[] {1, rows, config.width()},
        ParameterSpec.Role.EMBEDDING,
        Initializer.NORMAL_002);
  }

  /** x [n, tokens, d] to all states [n, tokens + 1, d], class token first, after the last norm. */
  public Tensor states(Forward f, Tensor x) {
    Shapes.require(x, "token batch", -1, tokens, config.width());
    Tensor cls = f.ops().broadcast(f.get(path + ".cls_token"), x.size(0), 1, config.width());
    Tensor with = f.ops().concat(1, java.util.List.of(cls, x));
    return encoder.apply(f, f.ops().add(with, f.get(path + ".position_embedding")), null);
  }

  /** x [n, tokens, d] to the class token's state [n, d]. */
  public Tensor apply(Forward f, Tensor x) {
    Tensor states = states(f, x);
    return f.ops().reshape(f.ops().slice(states, 1, 0, 1), states.size(0), config.width());
  }

  /** Tokens of one input, without the class token. */
  public int tokens() {
    return tokens;
  }

  public Encoder encoder() {
    return encoder;
  }
}
