package io.precordia.api;

/**
 * What can be asked of one addressed model: the service's own, or it under an adapter. Close it
 * after the answer: until then the model stays open and the adapter's version is not erased.
 */
public final class Questions implements AutoCloseable {
  private final Embeddings embeddings;
  private final Searches searches;
  private final Classification classification;
  private final Explanations explanations;
  private final Runnable end;
  private boolean open = true;

  Questions(
      Embeddings embeddings,
      Searches searches,
      Classification classification,
      Explanations explanations,
      Runnable end) {
    this.embeddings = embeddings;
    this.searches = searches;
    this.classification = classification;
    this.explanations = explanations;
    this.end = end;
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

  public Explanations explanations() {
    return explanations;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      end.run();
    }
  }
}
