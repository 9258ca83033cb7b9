package io.precordia.dicom.jpeg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;

/** The two ways in which a stream cannot be decoded. */
final class Faults {
  private Faults() {}

  static PrecordiaException truncated() {
    return new PrecordiaException(
        ErrorCode.TRUNCATED, "the compressed image ends before it is complete; send it again");
  }

  /**
   * @param why what is wrong, without any value of the stream
   */
  static PrecordiaException damaged(String why) {
    return new PrecordiaException(ErrorCode.PIXEL_DECODE_FAILED, why);
  }
}
