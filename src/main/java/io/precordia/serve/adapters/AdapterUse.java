package io.precordia.serve.adapters;

import io.precordia.study.ModelRef;
import java.util.List;

/**
 * Use of one adapter or of a weighted sum; nothing of it is erased before this is closed. Closing
 * again does nothing.
 */
public final class AdapterUse implements AutoCloseable {
  private final String id;
  private final List<ModelRef.AdapterRef> adapters;
  private final Runnable end;
  private boolean open = true;

  AdapterUse(String id, List<ModelRef.AdapterRef> adapters, Runnable end) {
    this.id = id;
    this.adapters = List.copyOf(adapters);
    this.end = end;
  }

  /** What the encoder knows it by: an adapter's digest, or one over digests and weights. */
  public String id() {
    return id;
  }

  /** Every adapter that takes part, with its weight, for provenance. */
  public List<ModelRef.AdapterRef> adapters() {
    return adapters;
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      end.run();
    }
  }
}
