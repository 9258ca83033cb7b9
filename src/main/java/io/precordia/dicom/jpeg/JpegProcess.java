package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.Optional;

/** Which decoder a stream needs. */
public enum JpegProcess {
  /** JPEG-LS: {@link JpegLsDecoder}. */
  JPEG_LS,
  /** Sequential DCT of 12 bits: {@link DctDecoder}. */
  DCT_12,
  /** Anything else that begins as JPEG does. */
  OTHER;

  private static final int TWELVE = 12;

  /**
   * By the first frame header.
   *
   * @return empty if the stream is no JPEG stream, or is damaged before that header
   */
  public static Optional<JpegProcess> of(byte[] stream) {
    try {
      MarkerReader markers = new MarkerReader(stream);
      while (true) {
        int marker = markers.next();
        if (Marker.startOfFrame(marker)) {
          return Optional.of(of(marker, markers.parameters().u8()));
        }
        if (marker == Marker.SOS || marker == Marker.EOI) {
          return Optional.empty();
        }
        markers.skip(marker);
      }
    } catch (PrecordiaException e) {
      return Optional.empty();
    }
  }

  private static JpegProcess of(int marker, int precision) {
    if (marker == Marker.SOF55) {
      return JPEG_LS;
    }
    return marker == Marker.SOF1 && precision == TWELVE ? DCT_12 : OTHER;
  }
}
