package io.precordia.nn;

import io.precordia.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * x += scale1·attention(norm1(x)); x += scale2·feedForward(norm2(x)).
 *
 * @param scale1 null for no layer scale
 * @param scale2 null for no layer scale
 * @param dropPath probability of skipping a sub-layer for a row, in training
 */
public record PreNormLayer(
    LayerNorm norm1,
    ProjectedAttention attention,
    @Nullable LayerScale scale1,
    LayerNorm norm2,
    PositionWise feedForward,
    @Nullable LayerScale scale2,
    double dropPath)
    implements Layer {
  @Override
  public void declare(Consumer<ParameterSpec> sink) {
    norm1.declare(sink);
    attention.declare(sink);
    if (scale1 != null) {
      scale1.declare(sink);
    }
    norm2.declare(sink);
    feedForward.declare(sink);
    if (scale2 != null) {
      scale2.declare(sink);
    }
  }

  /** x [n, tokens, width], same shape out. */
  public Tensor apply(Forward f, Tensor x, @Nullable Tensor keyMask) {
    Tensor attended = attention.apply(f, norm1.apply(f, x), keyMask);
    Tensor mixed = f.ops().add(branch(f, attended, scale1), x);
    return f.ops().add(branch(f, feedForward.apply(f, norm2.apply(f, mixed)), scale2), mixed);
  }

  private Tensor branch(Forward f, Tensor x, @Nullable LayerScale scale) {
    Tensor scaled = scale == null ? x : scale.apply(f, x);
    if (!f.training() || dropPath == 0) {
      return scaled;
    }
    // One draw per row: dropout of a column of ones skips or amplifies the whole branch.
    return f.ops().multiply(scaled, f.dropout(f.ops().full(1, x.size(0), 1, 1), dropPath));
  }
}
