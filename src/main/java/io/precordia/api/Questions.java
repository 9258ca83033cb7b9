package io.precordia.api;

import io.precordia.serve.adapters.AdapterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of one addressed model: the service's own, or it under an adapter. Close it
 * after the answer: until then the adapter's version is not erased.
 */
public final class Questions implements AutoCloseable {
  private final Embeddings embeddings;
  private final Searches searches;
  private final Classification classification;
  private final AdapterRegistry.@Nullable Lease lease;

  Questions(
      Embeddings embeddings,
      Searches searches,
      Classification classification,
      AdapterRegistry.@Nullable Lease lease) {
    this.embeddings = embeddings;
    this.searches = searches;
    this.classification = classification;
    this.lease = lease;
  }

  public Embeddings embeddings() {
    return embeddings;
  }

  public Searches searches() {
    return searches;
  }

  public Classification classification() {
    return classification;
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.close();
    }
  }
}
