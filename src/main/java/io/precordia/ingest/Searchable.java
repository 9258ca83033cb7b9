package io.precordia.ingest;

import io.precordia.store.Embedded;
import java.util.List;

/**
 * What is told of every instance that was stored with vectors, after it is durable. Thread-safe;
 * adding again replaces.
 */
public interface Searchable {
  void add(List<Embedded> instances);

  /** Reports of a subject went into other studies. */
  void moved(String subject);

  void remove(List<String> instances);
}
