package io.precordia.index;

import java.util.Collection;
import java.util.List;

/**
 * Exact nearest neighbours by cosine among entries that pass a filter. Thread-safe; readers never
 * block.
 */
public interface VectorIndex {
  /** Adds entries, replacing those with the same instance and window. */
  void add(Collection<Entry> entries);

  /** Removes every window of the instance; afterwards its values are overwritten in memory. */
  void remove(String instance);

  /**
   * The k best instances (each by its best window), best first, ties by instance id. The filter is
   * evaluated before ranking.
   */
  List<Hit> search(float[] query, Filter filter, int k);

  /** Number of vectors. */
  int size();
}
