package io.precordia.imaging;

import org.jspecify.annotations.Nullable;

/**
 * A greyscale image as stored, with the transformations that its object prescribes.
 *
 * @param width columns
 * @param height rows
 * @param stored row-major stored values, sign already extended
 * @param modality stored to modality values
 * @param voi modality values to grey
 * @param inverted whether 0 after VOI is white: MONOCHROME1, or Presentation LUT Shape INVERSE
 * @param padding stored values that are no picture, or null
 */
public record RawImage(
    int width,
    int height,
    int[] stored,
    ModalityTransform modality,
    Voi voi,
    boolean inverted,
    @Nullable Padding padding) {
  /**
   * Pixel Padding Value (0028,0120) and Range Limit (0028,0121).
   *
   * @param low smallest, inclusive
   * @param high largest, inclusive
   */
  public record Padding(int low, int high) {
    boolean holds(int stored) {
      return stored >= low && stored <= high;
    }
  }

  public RawImage {
    if (width < 1 || height < 1 || stored.length != (long) width * height) {
      throw new IllegalArgumentException("raw image: " + width + " x " + height);
    }
  }
}
