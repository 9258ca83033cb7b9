package io.precordia.serve;

import io.precordia.study.Modality;

/** Is told of every forward pass. Called on worker threads; must be quick and must not throw. */
@FunctionalInterface
public interface GateListener {
  GateListener NONE = (modality, items, waitedNanos, ranNanos) -> {};

  /**
   * @param items items in the pass
   * @param waitedNanos the longest time that one of its callers waited for the pass to begin
   * @param ranNanos time of the pass
   */
  void passed(Modality modality, int items, long waitedNanos, long ranNanos);
}
