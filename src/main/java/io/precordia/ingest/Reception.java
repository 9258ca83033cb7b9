package io.precordia.ingest;

import io.precordia.study.Identity;

/**
 * One file on its way in, of a size that is not known beforehand. What comes is sealed and written
 * at once, so that a reception takes little memory however large the file is. Used by one thread.
 */
public interface Reception extends AutoCloseable {
  /**
   * Takes the next bytes.
   *
   * @throws io.precordia.error.PrecordiaException TOO_LARGE, STORAGE_FULL, NOT_READY; the reception
   *     can only be closed then
   */
  void write(byte[] bytes, int offset, int length);

  /** Bytes taken so far. */
  long size();

  /**
   * Makes the file durable and queues it. When this returns, a crash at any moment loses nothing of
   * it.
   *
   * @param name of the part, a hint only
   * @param identity what the sender knows, as in {@link Submission}
   * @throws io.precordia.error.PrecordiaException BUSY, STORAGE_FULL, NOT_READY; nothing is kept
   *     then
   */
  Receipt commit(String name, Identity identity);

  /** Forgets what came unless it was committed. */
  @Override
  void close();
}
