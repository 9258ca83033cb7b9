package io.precordia.nn;

import io.precordia.tensor.LowRank;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What linear layers ask before they compute: an adapter for the layer of that path, or null. A
 * low-rank adapter stays one fused operation; anything wider is a {@link LinearRewrite}, which is
 * asked for first.
 */
@FunctionalInterface
public interface Adapters {
  Adapters NONE = (parameters, path, training) -> null;

  @Nullable LowRank forLinear(Parameters parameters, String path, boolean training);

  /** Another way to compute the layer of that path, or null for the usual one. */
  default @Nullable LinearRewrite rewrite(String path) {
    return null;
  }

  /** Other parameters for some batch rows of a layer that is not linear, or null for none. */
  default @Nullable RowRewrite rows(String path) {
    return null;
  }

  /** Adapters that only rewrite; the function gives null for layers without one. */
  static Adapters rewriting(Function<String, @Nullable LinearRewrite> rewrites) {
    return new Adapters() {
      @Override
      public @Nullable LowRank forLinear(Parameters parameters, String path, boolean training) {
        return null;
      }

      @Override
      public @Nullable LinearRewrite rewrite(String path) {
        return rewrites.apply(path);
      }
    };
  }
}
