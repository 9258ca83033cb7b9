package io.precordia.dicom.jpeg;

/** The parameters of a marker segment, read in order (T.81 B.1.1.4). For one thread. */
final class MarkerParameters {
  private final byte[] stream;
  private final int end;
  private int at;

  MarkerParameters(byte[] stream, int from, int end) {
    this.stream = stream;
    this.at = from;
    this.end = end;
  }

  int remaining() {
    return end - at;
  }

  /** A parameter of 8 bits. */
  int u8() {
    if (at >= end) {
      throw Faults.damaged("a marker segment of the compressed image is too short");
    }
    return stream[at++] & 0xff;
  }

  /** A parameter of 16 bits. */
  int u16() {
    int high = u8();
    return high << 8 | u8();
  }
}
