package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import org.jspecify.annotations.Nullable;

/**
 * Host inputs of one forward pass: any subset of the three modalities, each with its own number of
 * rows. Immutable; arrays are not copied.
 *
 * @param xrayBytes raw grey octets [n·side·side], 0 black, 255 white; the device turns them into
 *     (octet/255 − mean)/deviation
 * @param xrayValues ready grey model input [n·side·side], already normalised; exclusive with {@code
 *     xrayBytes}
 * @param ecgs ready ECG model input [m·leads·samples], canonical lead order, absent leads zero
 * @param reports token ids of each report without padding, at least one id each; padded and masked
 *     inside
 */
@SuppressWarnings(
    "NullAway") // type-use annotations of arrays and of type arguments are not read there
public record MoreBatch(
    byte @Nullable [] xrayBytes,
    float @Nullable [] xrayValues,
    float @Nullable [] ecgs,
    int @Nullable [][] reports) {
  public MoreBatch {
    if (xrayBytes != null && xrayValues != null) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "give X-rays either as octets or as values");
    }
  }

  /** Nothing yet. */
  public static MoreBatch empty() {
    return new MoreBatch(null, null, null, null);
  }

  public MoreBatch withXrays(byte[] octets) {
    return new MoreBatch(octets, null, ecgs, reports);
  }

  public MoreBatch withXrays(float[] values) {
    return new MoreBatch(null, values, ecgs, reports);
  }

  public MoreBatch withEcgs(float[] values) {
    return new MoreBatch(xrayBytes, xrayValues, values, reports);
  }

  public MoreBatch withReports(int[][] ids) {
    return new MoreBatch(xrayBytes, xrayValues, ecgs, ids);
  }
}
