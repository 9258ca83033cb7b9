package io.precordia.ingest;

/** Told of an import's advance. */
@FunctionalInterface
public interface ImportProgress {
  ImportProgress NONE = (accepted, processed, total) -> {};

  /** Called after each change, on the importing thread. */
  void advanced(int accepted, int processed, int total);
}
