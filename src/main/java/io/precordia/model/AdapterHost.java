package io.precordia.model;

import io.precordia.study.ModelRef;
import java.nio.file.Path;
import java.util.List;

/** A model that adapters are held against and registered with, by the digest of their folder. */
public interface AdapterHost {
  ModelRef ref();

  /**
   * Reads a folder in PEFT's layout, or a router over adapters that are registered already, and
   * holds it against this model, without making it usable.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS if it is damaged, of a method that
   *     cannot be served, or made for another base
   */
  AdapterSummary inspect(Path folder);

  /**
   * Makes the adapter or router of a folder usable under a digest; does nothing if it already is. A
   * router keeps no member alive: forget it before a member.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS as {@link #inspect};
   *     INSUFFICIENT_MEMORY if it cannot fit, before anything is loaded
   */
  void register(String sha256, Path folder);

  /**
   * Makes the weighted sum of registered adapters usable under an id; does nothing if it already
   * is. It keeps no part alive: forget it before a part.
   *
   * @throws io.precordia.error.PrecordiaException NOT_FOUND for an unknown part; INVALID_ARGUMENT
   *     if a part is a router or replaces running statistics; INSUFFICIENT_MEMORY if the sum cannot
   *     fit
   */
  void compose(String id, List<AdapterShare> shares);

  /** Forgets an adapter and clears its memory; the caller sees to it that no pass uses it. */
  void unregister(String sha256);

  /** Whether the adapter's weights lie in compute memory now. */
  boolean resident(String sha256);
}
