package io.precordia.model.parity;

import io.precordia.tensor.DifferentiableOps;
import java.util.Map;

/** Knows how to compute the outputs of some golden folders. */
public interface Replay {
  /** Whether it replays this folder, judged by its class name or the files in it. */
  boolean replays(Golden golden);

  /**
   * Computes outputs under the reference's names; those that the golden has and this map lacks
   * count as failed. Called inside an open scope.
   */
  Map<String, Replayed> run(Golden golden, DifferentiableOps ops);
}
