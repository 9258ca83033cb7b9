package io.precordia.ingest;

/** The way in for files whose size is not known before their end. Thread-safe. */
public interface StreamIngest {
  /**
   * Begins to take in a file.
   *
   * @throws io.precordia.error.PrecordiaException BUSY, STORAGE_FULL, NOT_READY
   */
  Reception open();
}
