package io.precordia.model.vqa;

import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.nn.StoredParameters;
import io.precordia.tensor.Ops;

/**
 * A model of this package as a hub folder holds it.
 *
 * @param stored where its values lie, under the names of the file
 */
public record VqaFolder<M>(M model, StoredParameters stored) {
  /** All values on the host; each call reads the file anew. */
  public ParameterSet weights() {
    return stored.read();
  }

  /** The values on a device for inference, each uploaded at its first use. */
  public Parameters parameters(Ops ops) {
    return stored.on(ops);
  }
}
