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
  String accept(Submission submission);

  /** Waits until each instance is processed or the time is over; in the order asked. */
  List<Outcome> await(List<String> instances, Duration atMost);

  /** Instances accepted but not yet processed. */
  int pending();

  @Override
  void close();
}
