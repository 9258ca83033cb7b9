package io.precordia.serve.adapters;

import io.precordia.study.ModelRef;
import java.util.List;

/**
 * Use of one adapter or of a weighted sum; nothing of it is erased before this is closed. Closing
 * again does nothing.
 */
public final class AdapterUse implements AutoCloseable {
  /** Use of nothing. */
  public static final AdapterUse NONE = new AdapterUse("", List.of(), List.of(), () -> {});

  private final String id;
  private final List<ModelRef.AdapterRef> adapters;
  private final List<ModelRef.AdapterRef> members;
  private final Runnable end;
  private boolean open = true;

  AdapterUse(
      String id,
      List<ModelRef.AdapterRef> adapters,
      List<ModelRef.AdapterRef> members,
      Runnable end) {
    this.id = id;
    this.adapters = List.copyOf(adapters);
    this.members = List.copyOf(members);
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

  /** Adapters that a router chooses from, in its order; empty for anything else. */
  public List<ModelRef.AdapterRef> members() {
    return members;
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      end.run();
    }
  }
}
