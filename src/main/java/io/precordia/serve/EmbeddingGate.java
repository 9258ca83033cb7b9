package io.precordia.serve;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdaptableEncoder;
import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one way to a shared encoder: bounded admission, and one forward pass for callers that come
 * together (dynamic batching), bounded by tokens: items of like length share a pass, and the kinds
 * and lengths that wait take turns. A lone caller never waits for company. Thread-safe; calls are
 * meant for virtual or worker threads, they block.
 *
 * <p>Calls on the gate itself are refused with BUSY when the line is full or when their pass has
 * not begun within {@link GateLimits#maxWait()}; calls on {@link #patient()} wait for room and for
 * their turn, which is what background ingest wants. An interrupted caller gets NOT_READY. What a
 * caller no longer waits for leaves the line without running.
 */
public final class EmbeddingGate implements Encoder {
  private final Encoder encoder;
  private final GateLimits limits;
  private final TokenChunks chunks;
  private final TicketQueue queue;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Thread> workers = new ArrayList<>();

  public EmbeddingGate(Encoder encoder, GateLimits limits, GateListener listener) {
    this(encoder, limits, listener, null);
  }

  /**
   * @param yielding what goes first while this model is being prepared; null if nothing does
   */
  public EmbeddingGate(
      Encoder encoder, GateLimits limits, GateListener listener, @Nullable Yielding yielding) {
    this.encoder = encoder;
    this.limits = limits;
    this.chunks = new TokenChunks(limits);
    this.queue = new TicketQueue(limits);
    PassRunner runner =
        new PassRunner(
            encoder,
            queue,
            listener,
            () -> {
              if (yielding != null) {
                yielding.await(this);
              }
            });
    for (int i = 0; i < limits.workers(); i++) {
      workers.add(Thread.ofPlatform().name("embedding-" + i).daemon(true).start(runner));
    }
  }

  /** Items admitted and not yet running. */
  public int queued() {
    return queue.queued();
  }

  /** Waits until nothing is admitted or running, at most for {@code most}. */
  void awaitIdle(Duration most) throws InterruptedException {
    queue.awaitIdle(most);
  }

  /**
   * The same encoder under an adapter; its rows share passes with those of other adapters and of
   * none. Closing it does nothing.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if this model takes no adapters
   */
  public Encoder adapted(ModelRef.AdapterRef adapter, Cancellation cancellation) {
    return adapted(adapter.sha256(), List.of(adapter), List.of(), cancellation);
  }

  /**
   * The same encoder under what its adapters know by an id, a weighted sum for example.
   *
   * @param adapters for provenance
   * @param members adapters that a router among them chooses from, in its order; those that it
   *     chose follow the others in the provenance, with the mean of their weights
   * @throws PrecordiaException INVALID_ARGUMENT if this model takes no adapters
   */
  public Encoder adapted(
      String id,
      List<ModelRef.AdapterRef> adapters,
      List<ModelRef.AdapterRef> members,
      Cancellation cancellation) {
    if (!(encoder instanceof AdaptableEncoder)) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "the model " + encoder.ref().id() + " takes no adapters");
    }
    return caller(
        new GateCaller.Terms(id, adapters, new RoutingRecord(members), false, cancellation),
        () -> {});
  }

  /**
   * The same encoder for a caller who may go: what is in the line at the cancellation leaves it
   * without running, and its caller gets CANCELLED. Closing it does nothing.
   */
  public Encoder until(Cancellation cancellation) {
    return caller(GateCaller.Terms.plain(false, cancellation), () -> {});
  }

  private Encoder caller(GateCaller.Terms terms, Runnable onClose) {
    return new GateCaller(this, terms, onClose);
  }

  /** The encoder itself if it takes adapters. */
  public Optional<AdaptableEncoder> adaptable() {
    return encoder instanceof AdaptableEncoder a ? Optional.of(a) : Optional.empty();
  }

  /**
   * The same encoder, whose callers wait for room instead of being refused. Closing it does
   * nothing.
   */
  public Encoder patient() {
    return caller(GateCaller.Terms.plain(true, new Cancellation()), () -> {});
  }

  @Override
  public ModelRef ref() {
    return encoder.ref();
  }

  @Override
  public ModelRef ref(Modality modality) {
    return encoder.ref(modality);
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public float temperature() {
    return encoder.temperature();
  }

  @Override
  public OptionalDouble logitBias() {
    return encoder.logitBias();
  }

  @Override
  public Set<Modality> modalities() {
    return encoder.modalities();
  }

  @Override
  public int tokens(Modality modality, Object item) {
    return encoder.tokens(modality, item);
  }

  @Override
  public float[][] embedXrays(List<Pixels> images) {
    return pass(Modality.XRAY, images, impatient());
  }

  @Override
  public float[][] embedEcgs(List<Ecg> windows) {
    return pass(Modality.ECG, windows, impatient());
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return pass(Modality.REPORT, texts, impatient());
  }

  private static GateCaller.Terms impatient() {
    return GateCaller.Terms.plain(false, new Cancellation());
  }

  /**
   * Runs items in tickets of at most one batch, one after another, so that a long recording cannot
   * keep others out for long.
   */
  float[][] pass(Modality modality, List<?> items, GateCaller.Terms terms) {
    float[][] vectors = new float[items.size()][];
    queue.enter(modality);
    try {
      int[] tokens = items.stream().mapToInt(item -> encoder.tokens(modality, item)).toArray();
      boolean first = true;
      for (List<Integer> chunk : chunks.of(modality, tokens)) {
        Ticket ticket =
            new Ticket(
                modality,
                chunk.stream().<Object>map(items::get).toList(),
                chunk.stream().mapToInt(i -> tokens[i]).toArray(),
                terms.id(),
                terms.patient() ? null : limits.maxWait());
        terms.cancellation().check();
        queue.put(ticket, terms.patient() || !first);
        first = false;
        float[][] part = vectors(ticket, terms.cancellation());
        for (int i = 0; i < part.length; i++) {
          vectors[chunk.get(i)] = part[i];
          double[] shares = ticket.shares[i];
          if (shares != null) {
            terms.routing().add(part[i], shares);
          }
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof PrecordiaException known
          ? new PrecordiaException(known.code(), String.valueOf(known.getMessage()), known)
          : new PrecordiaException(ErrorCode.INTERNAL, "the encoder failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the request was interrupted", e);
    } finally {
      queue.leave(modality);
    }
    return vectors;
  }

  /** Waits for a ticket's pass; a caller that gives up takes its ticket out of the line. */
  private float[][] vectors(Ticket ticket, Cancellation cancellation)
      throws ExecutionException, InterruptedException {
    try (Cancellation.Registration gone = cancellation.onCancel(() -> cancel(ticket))) {
      return ticket.vectors.get(ticket.remaining(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (queue.withdraw(ticket)) {
        throw Ticket.late();
      }
      return ticket.vectors.get();
    } catch (InterruptedException e) {
      queue.withdraw(ticket);
      throw e;
    }
  }

  private void cancel(Ticket ticket) {
    if (queue.withdraw(ticket)) {
      ticket.vectors.completeExceptionally(Cancellation.cancelled());
    }
  }

  /** The same encoder as {@link #patient()}, but closing it closes the gate. */
  public Encoder owned() {
    return caller(GateCaller.Terms.plain(true, new Cancellation()), this::close);
  }

  /** Refuses new callers, finishes those admitted, then closes the encoder. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    queue.close();
    boolean interrupted = false;
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    encoder.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
