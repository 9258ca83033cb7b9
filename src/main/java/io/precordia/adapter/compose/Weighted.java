package io.precordia.adapter.compose;

import io.precordia.adapter.LowRankAdapter;

/** An adapter and its share in a composition. */
public record Weighted(LowRankAdapter adapter, double weight) {
  public Weighted {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException("composition: weights are finite");
    }
  }
}
