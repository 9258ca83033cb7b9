package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
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
public record MoreEmbeddings(@Nullable Tensor xray, @Nullable Tensor ecg, @Nullable Tensor report) {
  /**
   * The tensor of a modality that the batch held.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if it held none
   */
  public Tensor of(Modality modality) {
    Tensor found =
        switch (modality) {
          case XRAY -> xray;
          case ECG -> ecg;
          case REPORT -> report;
        };
    if (found == null) {
      throw new PrecordiaException(ErrorCode.INVALID_ARGUMENT, "the batch held no " + modality);
    }
    return found;
  }
}
