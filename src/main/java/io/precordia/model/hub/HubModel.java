package io.precordia.model.hub;

import io.precordia.nn.Layer;
import io.precordia.nn.ParameterSet;

/**
 * A model folder that was opened: what computes and the values it computes with.
 *
 * @param type {@code model_type} of the configuration
 * @param weights under the names of the file, wrapper prefixes left out
 */
public record HubModel<M extends Layer>(String type, M model, ParameterSet weights) {}
