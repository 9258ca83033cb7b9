package io.precordia.serve;

import io.precordia.study.Modality;

/** Is told of every forward pass. Called on worker threads; must be quick and must not throw. */
@FunctionalInterface
public interface GateListener {
  GateListener NONE = pass -> {};

  void passed(Pass pass);

  /**
   * One forward pass.
   *
   * @param items items in the pass
   * @param tokens tokens of all items, without padding
   * @param padded tokens that were computed: items times the longest
   * @param waitedNanos the longest time that one of its callers waited for the pass to begin
   * @param ranNanos time of the pass
   */
  record Pass(
      Modality modality, int items, long tokens, long padded, long waitedNanos, long ranNanos) {}
}
