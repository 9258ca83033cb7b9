package io.precordia.ingest;

import java.time.Duration;
import java.util.List;

/** The way in. Thread-safe. */
public interface Ingest extends AutoCloseable {
  /**
   * Makes the submission durable (bytes fsynced) and queues it. When this returns, a crash at any
   * moment loses nothing of it.
   *
   * @return the instance id, the same for the same content
   * @throws io.precordia.error.PrecordiaException BUSY when the queue is full, TOO_LARGE,
   *     STORAGE_FULL; nothing is kept then
   */
  Receipt receive(Submission submission);

  /** {@link #receive} for callers that need the instance id only. */
  default String accept(Submission submission) {
    return receive(submission).instance();
  }

  /**
   * Whether a submission of this size would be taken now. Doors ask before they read a body into
   * memory.
   *
   * @throws io.precordia.error.PrecordiaException BUSY, TOO_LARGE, STORAGE_FULL, NOT_READY
   */
  void admit(long bytes);

  /** The bounds that {@link #admit} holds. */
  IngestLimits limits();

  /**
   * Waits until each instance is processed or the time is over; outcomes in the order asked,
   * RECEIVED for those not ready in time.
   *
   * @throws io.precordia.error.PrecordiaException NOT_FOUND for an id that was never accepted
   */
  List<Outcome> await(List<String> instances, Duration atMost);

  /** Instances accepted but not yet processed. */
  int pending();

  /**
   * Stops after the batch in work; what is still queued stays durable and is resumed at the next
   * start.
   */
  @Override
  void close();
}
