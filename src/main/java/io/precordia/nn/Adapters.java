package io.precordia.nn;

import io.precordia.tensor.LowRank;
import org.jspecify.annotations.Nullable;

/** What linear layers ask before they compute: an adapter for the layer of that path, or null. */
@FunctionalInterface
public interface Adapters {
  Adapters NONE = (parameters, path, training) -> null;

  @Nullable LowRank forLinear(Parameters parameters, String path, boolean training);
}
