package io.precordia.store;

import java.util.List;

/** A stored instance with its vectors, one unit vector per window. */
public record Embedded(InstanceRecord record, List<float[]> vectors) {
  public Embedded {
    vectors = List.copyOf(vectors);
  }
}
