package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;

/**
 * What an object says that its stream holds.
 *
 * @param samples components, 1 or 3
 * @param bits most bits that a sample may have
 */
public record StatedImage(int rows, int columns, int samples, int bits) {
  /** Pixels of one component. */
  int pixels() {
    return rows * columns;
  }

  /**
   * @throws PrecordiaException PIXEL_DECODE_FAILED if the frame header says something else
   */
  void confirm(FrameHeader header) {
    if (header.lines() != rows || header.samplesPerLine() != columns) {
      throw Faults.damaged("the compressed image has another size than the object states");
    }
    if (header.components().size() != samples) {
      throw Faults.damaged("the compressed image has other components than the object states");
    }
    if (header.precision() > bits) {
      throw Faults.damaged("the compressed samples have more bits than the object allocates");
    }
  }
}
