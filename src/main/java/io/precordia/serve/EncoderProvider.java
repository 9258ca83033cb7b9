package io.precordia.serve;

import io.precordia.model.Encoder;
import java.nio.file.Path;

/**
 * Opens a model folder. Providers are found by {@link java.util.ServiceLoader}, so that a new
 * family of models is one more entry.
 */
public interface EncoderProvider {
  /**
   * Whether the folder is of this provider's family, judged by its config.json; reads nothing else
   * and never throws.
   */
  boolean reads(Path folder);

  /**
   * Loads the weights.
   *
   * @throws io.precordia.error.PrecordiaException BAD_WEIGHTS when a file is missing, damaged or
   *     does not match its checksum
   */
  Encoder open(Path folder);
}
