package io.precordia.delivery;

import io.precordia.store.CompletionRow;

/** What is done when a study is complete. Doing it again for the same study must change nothing. */
@FunctionalInterface
public interface CompletionWork {
  /**
   * Does it durably.
   *
   * @throws io.precordia.error.PrecordiaException if it is to be tried again later
   */
  void completed(CompletionRow study);
}
