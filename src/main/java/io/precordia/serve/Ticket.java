package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One admitted call: its items, and where its vectors will be. */
final class Ticket {
  final Modality modality;
  final List<?> items;
  final long admitted = System.nanoTime();
  final CompletableFuture<float[][]> vectors = new CompletableFuture<>();

  /**
   * How strongly each item used the members of its router; null where none did. Written before the
   * vectors are there.
   */
  final double[] @Nullable [] shares;

  /** Digest of the adapter that all its items use; empty for none. */
  final String adapter;

  /** Tokens of its longest item. */
  final int longest;

  /** Tokens of all its items. */
  final long tokens;

  private final long patience;

  /**
   * @param tokens length of each item
   * @param maxWait longest time until its pass begins, from now on; null for as long as it must
   */
  Ticket(
      Modality modality, List<?> items, int[] tokens, String adapter, @Nullable Duration maxWait) {
    this.modality = modality;
    this.items = items;
    this.shares = new double[items.size()][];
    this.adapter = adapter;
    this.longest = Arrays.stream(tokens).max().orElse(1);
    this.tokens = Arrays.stream(tokens).asLongStream().sum();
    this.patience = maxWait == null ? Long.MAX_VALUE : maxWait.toNanos();
  }

  /** What it may share a pass with. */
  LengthClass lengthClass() {
    return LengthClass.of(modality, longest);
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
