package io.precordia.model.hub;

import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSet;
import io.precordia.nn.Parameters;
import io.precordia.nn.StoredParameters;
import io.precordia.tensor.Ops;

/**
 * A model folder that was opened: what computes, and where the values lie that it computes with.
 *
 * @param type {@code model_type} of the configuration
 * @param stored under the names of the file, wrapper prefixes left out
 */
public record HubModel<M extends Layer>(String type, M model, StoredParameters stored) {
  /** All values on the host, for training and merging; each call reads the file anew. */
  public ParameterSet weights() {
    return stored.read();
  }

  /** The values on a device for inference, each uploaded at its first use. */
  public Parameters parameters(Ops ops) {
    return stored.on(ops);
  }
}
