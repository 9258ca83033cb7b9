package io.precordia.nn;

import io.precordia.tensor.Tensor;

/**
 * What attention reads: keys and values of the same tokens.
 *
 * @param keys [n, tokens, kvHeads·headDim], rotated already where positions are rotary
 * @param values as keys
 */
public record KeyValues(Tensor keys, Tensor values) {}
