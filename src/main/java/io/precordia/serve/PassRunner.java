package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.Encoder;
import io.precordia.model.RoutingListener;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one worker: take what belongs together, run it as one pass, hand the vectors back.
 */
final class PassRunner implements Runnable {
  private final Encoder encoder;
  private final TicketQueue queue;
  private final GateListener listener;
  private final Before before;

  /** What a worker waits for before a pass. */
  @FunctionalInterface
  interface Before {
    void await() throws InterruptedException;
  }

  PassRunner(Encoder encoder, TicketQueue queue, GateListener listener, Before before) {
    this.before = before;
    this.encoder = encoder;
    this.queue = queue;
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      for (List<Ticket> batch = queue.take(); batch != null; batch = queue.take()) {
        try {
          before.await();
          serve(batch);
        } finally {
          queue.ran();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(List<Ticket> batch) {
    try {
      run(batch);
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.getFirst().vectors.completeExceptionally(e);
        return;
      }
      // one caller's bad item must not fail the others: run each by itself
      for (Ticket ticket : batch) {
        serve(List.of(ticket));
      }
    }
  }

  private void run(List<Ticket> batch) {
    Modality modality = batch.getFirst().modality;
    List<Object> items = new ArrayList<>();
    List<@Nullable String> adapters = new ArrayList<>();
    long oldest = Long.MAX_VALUE;
    long tokens = 0;
    int longest = 0;
    for (Ticket ticket : batch) {
      items.addAll(ticket.items);
      adapters.addAll(
          Collections.nCopies(ticket.size(), ticket.adapter.isEmpty() ? null : ticket.adapter));
      oldest = Math.min(oldest, ticket.admitted);
      tokens += ticket.tokens;
      longest = Math.max(longest, ticket.longest);
    }
    long begun = System.nanoTime();
    double[] @Nullable [] shares = new double[items.size()][];
    float[][] vectors = embed(modality, items, adapters, (row, own) -> shares[row] = own);
    long ended = System.nanoTime();
    if (vectors.length != items.size()) {
      throw new PrecordiaException(
          ErrorCode.INTERNAL,
          "the encoder returned another number of vectors than it was given items");
    }
    int from = 0;
    for (Ticket ticket : batch) {
      System.arraycopy(shares, from, ticket.shares, 0, ticket.size());
      ticket.vectors.complete(Arrays.copyOfRange(vectors, from, from + ticket.size()));
      from += ticket.size();
    }
    listener.passed(
        new GateListener.Pass(
            modality,
            items.size(),
            tokens,
            (long) items.size() * longest,
            begun - oldest,
            ended - begun));
  }

  @SuppressWarnings(
      "unchecked") // a ticket's items are of its modality's type by construction in EmbeddingGate
  private float[][] embed(
      Modality modality, List<?> items, List<@Nullable String> adapters, RoutingListener routing) {
    if (adapters.stream().anyMatch(Objects::nonNull)) {
      return ((AdaptableEncoder) encoder).embed(modality, items, adapters, routing);
    }
    return switch (modality) {
      case XRAY -> encoder.embedXrays((List<Pixels>) items);
      case ECG -> encoder.embedEcgs((List<Ecg>) items);
      case REPORT -> encoder.embedTexts((List<String>) items);
    };
  }
}
