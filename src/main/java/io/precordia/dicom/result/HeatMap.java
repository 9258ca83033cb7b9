package io.precordia.dicom.result;

/**
 * Relevance over an image as a grid that covers it evenly.
 *
 * @param values row-major from the upper left, finite, 0 or more, the largest 1
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
public record HeatMap(int rows, int columns, float[] values) {
  public HeatMap {
    if (rows < 1 || columns < 1 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException("a heat map has a value for every cell");
    }
  }
}
