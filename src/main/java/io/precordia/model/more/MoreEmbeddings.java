package io.precordia.model.more;

import io.precordia.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of the projection heads, NOT normalised (the loss normalises); null for a modality that
 * the batch lacked.
 *
 * @param xray [n, projection]
 * @param ecg [m, projection]
 * @param report [t, projection]
 */
public record MoreEmbeddings(
    @Nullable Tensor xray, @Nullable Tensor ecg, @Nullable Tensor report) {}
