package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;

/** The restart interval definition (T.81 B.2.4.4, T.87 C.2.5). */
final class RestartInterval {
  private RestartInterval() {}

  /**
   * Minimum coded units of an interval, 0 for none; T.87 allows 2, 3 or 4 bytes.
   *
   * @throws PrecordiaException PIXEL_DECODE_FAILED
   */
  static int read(MarkerParameters in) {
    int bytes = in.remaining();
    long interval = 0;
    for (int i = 0; i < bytes && i < 4; i++) {
      interval = interval << 8 | in.u8();
    }
    if (bytes < 2 || bytes > 4) {
      throw Faults.damaged("the restart interval of the compressed image is unusable");
    }
    return (int) Math.min(interval, Integer.MAX_VALUE);
  }
}
