package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One admitted call: its items, and where its vectors will be. */
final class Ticket {
  final Modality modality;
  final List<?> items;
  final long admitted = System.nanoTime();
  final CompletableFuture<float[][]> vectors = new CompletableFuture<>();

  /** Digest of the adapter that all its items use; empty for none. */
  final String adapter;

  private final long patience;

  /** A ticket that waits as long as it must. */
  Ticket(Modality modality, List<?> items, String adapter) {
    this(modality, items, adapter, Long.MAX_VALUE);
  }

  /**
   * @param maxWait longest time until its pass begins, from now on
   */
  Ticket(Modality modality, List<?> items, String adapter, Duration maxWait) {
    this(modality, items, adapter, maxWait.toNanos());
  }

  private Ticket(Modality modality, List<?> items, String adapter, long patience) {
    this.modality = modality;
    this.items = items;
    this.adapter = adapter;
    this.patience = patience;
  }

  int size() {
    return items.size();
  }

  /** Nanoseconds until it is too late for its pass to begin; 0 or less when it is. */
  long remaining() {
    return patience - (System.nanoTime() - admitted);
  }

  /** What its caller is told when it is too late. */
  static PrecordiaException late() {
    return new PrecordiaException(
        ErrorCode.BUSY,
        "the embedding queue did not come to the request in time; try again in a moment");
  }
}
