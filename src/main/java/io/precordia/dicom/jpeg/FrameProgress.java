package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import org.jspecify.annotations.Nullable;

/** How much of a frame has come: its header, and the components of the scans so far. */
final class FrameProgress {
  private final StatedImage image;
  private @Nullable FrameHeader header;
  private boolean[] came = new boolean[0];
  private int left;

  FrameProgress(StatedImage image) {
    this.image = image;
    this.left = image.samples();
  }

  /**
   * Reads the frame header.
   *
   * @throws PrecordiaException PIXEL_DECODE_FAILED for a second one, or one of another image than
   *     the object states
   */
  FrameHeader begin(MarkerParameters in) {
    FrameHeader read = FrameHeader.read(in);
    if (header != null) {
      throw Faults.damaged("the compressed image has two frame headers");
    }
    image.confirm(read);
    header = read;
    came = new boolean[image.samples()];
    return read;
  }

  /**
   * @throws PrecordiaException PIXEL_DECODE_FAILED before there is one
   */
  FrameHeader header() {
    if (header == null) {
      throw Faults.damaged("a scan of the compressed image comes before the frame header");
    }
    return header;
  }

  /**
   * Notes that a component comes in the present scan.
   *
   * @throws PrecordiaException PIXEL_DECODE_FAILED if it came before
   */
  void take(int component) {
    if (came[component]) {
      throw Faults.damaged("a component of the compressed image comes twice");
    }
    came[component] = true;
    left--;
  }

  /** Whether all components came. */
  boolean complete() {
    return left == 0;
  }
}
