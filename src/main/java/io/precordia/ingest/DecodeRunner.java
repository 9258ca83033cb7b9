package io.precordia.ingest;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Decoded;
import io.precordia.study.Flag;
import io.precordia.study.Identity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs decoders on threads of its own under a time limit, so that no file can hold up the others:
 * whatever a decoder throws, or fails to end, becomes a flag of that one file.
 */
final class DecodeRunner implements AutoCloseable {
  private final FileDecoder decoder;
  private final Duration limit;
  private final Semaphore slots;
  private final ExecutorService threads;

  DecodeRunner(FileDecoder decoder, int parallel, Duration limit) {
    this.decoder = decoder;
    this.limit = limit;
    this.slots = new Semaphore(parallel);
    AtomicInteger number = new AtomicInteger();
    // Unbounded on purpose: the semaphore bounds the running decoders, and one that never ends
    // gives its slot back but keeps its thread.
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread =
                  new Thread(null, task, "precordia-decode-" + number.incrementAndGet(), 4L << 20);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Results in the order given. */
  List<Decoded> decode(List<Submission> submissions) {
    List<Running> running = submissions.stream().map(this::start).toList();
    return running.stream().map(this::finish).toList();
  }

  private record Running(Future<Decoded> future, Permit permit) {}

  /** A slot given back once, by the decoder when it ends or by the one who gave up waiting. */
  private static final class Permit {
    private final Semaphore slots;
    private boolean held = true;

    Permit(Semaphore slots) {
      this.slots = slots;
    }

    synchronized void release() {
      if (held) {
        held = false;
        slots.release();
      }
    }
  }

  private Running start(Submission submission) {
    Permit permit = acquire();
    return new Running(
        threads.submit(
            () -> {
              try {
                return decoder.decode(submission);
              } finally {
                permit.release();
              }
            }),
        permit);
  }

  // An earlier decoder of the batch may never end, and nobody waits for it yet: after the limit the
  // next one starts without a slot.
  private Permit acquire() {
    try {
      return new Permit(
          slots.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS) ? slots : new Semaphore(0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the service is stopping");
    }
  }

  private Decoded finish(Running running) {
    try {
      return running.future().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      running.future().cancel(true);
      running.permit().release();
      return flagged(
          ErrorCode.INTERNAL,
          "decoding took longer than " + limit.toSeconds() + " s and was given up");
    } catch (ExecutionException e) {
      return e.getCause() instanceof PrecordiaException p
          ? flagged(p.code(), String.valueOf(p.getMessage()))
          : unexpected(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      running.future().cancel(true);
      Thread.currentThread().interrupt();
      throw new PrecordiaException(ErrorCode.NOT_READY, "the service is stopping");
    }
  }

  // Only the kind of the defect is told: its message may repeat content.
  private static Decoded unexpected(Throwable cause) {
    return switch (cause) {
      case OutOfMemoryError e ->
          flagged(
              ErrorCode.DECOMPRESSION_LIMIT, "decoding needs more memory than this service has");
      default ->
          flagged(
              ErrorCode.INTERNAL,
              "the decoder failed unexpectedly (" + cause.getClass().getSimpleName() + ")");
    };
  }

  private static Decoded flagged(ErrorCode code, String message) {
    return new Decoded(
        FileType.UNKNOWN.id(), Identity.UNKNOWN, null, List.of(new Flag(code, message)));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
