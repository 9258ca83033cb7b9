package io.precordia.model.more;

import org.jspecify.annotations.Nullable;

/**
 * Host inputs of one forward pass: any subset of the three modalities, each with its own number of
 * rows. Immutable; arrays are not copied.
 */
public final class MoreBatch {
  private static final MoreBatch EMPTY = new MoreBatch(null, null, null, null);

  private final byte @Nullable [] xrayBytes;
  private final float @Nullable [] xrayValues;
  private final float @Nullable [] ecgs;
  private final int @Nullable [][] reports;

  private MoreBatch(
      byte @Nullable [] xrayBytes,
      float @Nullable [] xrayValues,
      float @Nullable [] ecgs,
      int @Nullable [][] reports) {
    this.xrayBytes = xrayBytes;
    this.xrayValues = xrayValues;
    this.ecgs = ecgs;
    this.reports = reports;
  }

  /** Nothing yet. */
  public static MoreBatch empty() {
    return EMPTY;
  }

  /**
   * @param octets raw grey [n·side·side], 0 black, 255 white; the device turns them into (octet/255
   *     − mean)/deviation of the configuration
   */
  public MoreBatch withXrays(byte[] octets) {
    return new MoreBatch(octets, null, ecgs, reports);
  }

  /**
   * @param values ready grey model input [n·side·side], already normalised
   */
  public MoreBatch withXrays(float[] values) {
    return new MoreBatch(null, values, ecgs, reports);
  }

  /**
   * @param values ready ECG model input [m·leads·samples], canonical lead order, absent leads zero
   */
  public MoreBatch withEcgs(float[] values) {
    return new MoreBatch(xrayBytes, xrayValues, values, reports);
  }

  /**
   * @param ids token ids of each report without padding, at least one id each; padded and masked
   *     inside
   */
  public MoreBatch withReports(int[][] ids) {
    return new MoreBatch(xrayBytes, xrayValues, ecgs, ids);
  }

  MoreBatch withoutXrays() {
    return new MoreBatch(null, null, ecgs, reports);
  }

  byte @Nullable [] xrayBytes() {
    return xrayBytes;
  }

  float @Nullable [] xrayValues() {
    return xrayValues;
  }

  float @Nullable [] ecgs() {
    return ecgs;
  }

  int @Nullable [][] reports() {
    return reports;
  }
}
