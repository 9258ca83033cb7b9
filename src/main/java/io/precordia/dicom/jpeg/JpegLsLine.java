package io.precordia.dicom.jpeg;

import java.util.Arrays;

/**
 * Two lines of a component as the decoder sees them: with one sample more on the left, and one on
 * the right (T.87 A.2.1, Figure A.1). For one thread.
 */
final class JpegLsLine {
  private final int width;
  private int[] above;
  private int[] current;

  JpegLsLine(int width) {
    this.width = width;
    this.above = new int[width + 2];
    this.current = new int[width + 2];
  }

  /** The line above, sample i at index i + 1. */
  int[] above() {
    return above;
  }

  /** The line to be decoded, sample i at index i + 1. */
  int[] current() {
    return current;
  }

  /** Before a line is decoded: what lies left and right of the samples. */
  void open() {
    current[0] = above[1];
    above[width + 1] = above[width];
  }

  /** After a line was decoded: keeps it, and makes it the line above. */
  void close(int[] out, int from) {
    System.arraycopy(current, 1, out, from, width);
    int[] spare = above;
    above = current;
    current = spare;
  }

  /** At the start of a restart interval: above lie zeros. */
  void initialize() {
    Arrays.fill(above, 0);
  }
}
