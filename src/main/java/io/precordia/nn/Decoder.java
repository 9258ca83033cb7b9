package io.precordia.nn;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Blocks {@code path.layers.i} and the last norm {@code path.norm}. */
public final class Decoder implements Layer {
  private final DecoderConfig config;
  private final RotaryPositions positions;
  private final List<DecoderBlock> blocks = new ArrayList<>();
  private final RmsNorm norm;

  public Decoder(String path, DecoderConfig config, RotaryPositions positions) {
    this.config = config;
    this.positions = positions;
    for (int i = 0; i < config.depth(); i++) {
      blocks.add(new DecoderBlock(path + ".layers." + i, i, config));
    }
    norm = new RmsNorm(path + ".norm", config.width(), config.eps());
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    blocks.forEach(b -> b.declare(sink));
    norm.declare(sink);
  }

  /** An empty cache for {@code rows} sequences of at most {@code capacity} tokens. */
  public KeyValueCache cache(Ops ops, int rows, int capacity) {
    return new KeyValueCache(
        ops, config.depth(), rows, capacity, config.kvHeads() * config.headDim());
  }

  /**
   * Embeddings to states behind the last norm. Tokens are placed one after the other from the
   * cache's length on; rotary attention depends on distances only, so padding on either side needs
   * no other positions.
   *
   * @param x [n, tokens, width]
   * @param keyMask [n, tokens of cache and x], 1 for real tokens; null if all are
   * @return [n, tokens, width]; rows at padding are without meaning
   */
  public Tensor apply(
      Forward f, Tensor x, @Nullable Tensor keyMask, @Nullable KeyValueCache cache) {
    int from = cache == null ? 0 : cache.length();
    int tokens = Math.toIntExact(x.size(1));
    DecoderPass pass =
        new DecoderPass(positions.rope(f.ops(), from, from + tokens), keyMask, cache);
    Tensor y = x;
    for (DecoderBlock block : blocks) {
      // As in Encoder: what only this block needed is free before the next one starts.
      try (Scope scope = f.ops().scope()) {
        y = scope.keep(block.apply(f, y, pass));
      }
    }
    if (cache != null) {
      cache.advance(tokens);
    }
    return norm.apply(f, y);
  }
}
