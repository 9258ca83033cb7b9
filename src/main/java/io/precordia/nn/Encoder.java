package io.precordia.nn;

import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stack of blocks {@code path.blocks.i}; a pre-norm stack ends in {@code path.norm}. */
public final class Encoder implements Layer {
  private final List<Block> blocks = new ArrayList<>();
  private final @Nullable LayerNorm norm;

  public Encoder(String path, EncoderConfig config) {
    double[] ratios = config.dropKey().ratios(config.depth());
    for (int i = 0; i < config.depth(); i++) {
      blocks.add(Block.of(path + ".blocks." + i, config, ratios[i]));
    }
    norm = config.preNorm() ? new LayerNorm(path + ".norm", config.width(), config.eps()) : null;
  }

  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    blocks.forEach(b -> b.declare(sink));
    if (norm != null) {
      norm.declare(sink);
    }
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    Tensor y = x;
    AttentionObserver observer = f.observer();
    for (Block block : blocks) {
      if (observer != null) {
        y = observer.blockInput(block.attention().path(), y);
      }
      // A scope per block: what only this block needed is free before the next one starts. Recorded
      // gradients keep what they need.
      try (Scope scope = f.ops().scope()) {
        y = scope.keep(block.apply(f, y, keyMask));
      }
    }
    return norm == null ? y : norm.apply(f, y);
  }

  /** The blocks, first to last. */
  public List<Block> blocks() {
    return List.copyOf(blocks);
  }
}
