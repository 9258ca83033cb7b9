package io.precordia.nn;

import io.precordia.tensor.Rope;
import io.precordia.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What all blocks of a decoder share in one pass.
 *
 * @param rope rotation of the tokens of this pass
 * @param keyMask [n, tokens read before + tokens of this pass], 1 for real tokens; null if all are
 * @param cache tokens read before, to which this pass adds its own; null for a pass on its own
 */
public record DecoderPass(Rope rope, @Nullable Tensor keyMask, @Nullable KeyValueCache cache) {}
