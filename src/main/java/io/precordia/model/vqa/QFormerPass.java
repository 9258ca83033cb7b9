package io.precordia.model.vqa;

import io.precordia.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What all layers of a Q-Former share in one pass.
 *
 * @param queries how many of the tokens are queries; text follows them
 * @param mask [n, tokens] of queries and text, 1 for real ones; null if all are
 * @param image [n, patches, encoderWidth]
 * @param imageMask [n, patches], 1 for real ones; null if all are
 */
public record QFormerPass(
    int queries, @Nullable Tensor mask, Tensor image, @Nullable Tensor imageMask) {}
