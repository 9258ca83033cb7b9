package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;

/** Walks the marker segments of a stream (T.81 B.1.1). For one thread. */
final class MarkerReader {
  private final byte[] stream;
  private int at;

  /**
   * @throws PrecordiaException PIXEL_DECODE_FAILED unless the stream begins with SOI
   */
  MarkerReader(byte[] stream) {
    this.stream = stream;
    if (next() != Marker.SOI) {
      throw Faults.damaged("the compressed image does not begin as a JPEG stream does");
    }
  }

  /**
   * Second byte of the marker that stands here; fill bytes before it are skipped.
   *
   * @throws PrecordiaException TRUNCATED, or PIXEL_DECODE_FAILED if something else stands here
   */
  int next() {
    if (at < stream.length && stream[at] != (byte) 0xff) {
      throw Faults.damaged("the compressed image has no marker where one must be");
    }
    while (at < stream.length && stream[at] == (byte) 0xff) {
      at++;
    }
    if (at >= stream.length) {
      throw Faults.truncated();
    }
    return stream[at++] & 0xff;
  }

  /**
   * The parameters of the marker just read; the reader goes on behind them.
   *
   * @throws PrecordiaException TRUNCATED, PIXEL_DECODE_FAILED
   */
  MarkerParameters parameters() {
    if (at + 2 > stream.length) {
      throw Faults.truncated();
    }
    int length = (stream[at] & 0xff) << 8 | stream[at + 1] & 0xff;
    if (length < 2) {
      throw Faults.damaged("a marker segment of the compressed image has an impossible length");
    }
    if (at + length > stream.length) {
      throw Faults.truncated();
    }
    MarkerParameters out = new MarkerParameters(stream, at + 2, at + length);
    at += length;
    return out;
  }

  /** Skips the parameters of a marker of no interest. */
  void skip(int marker) {
    if (!Marker.alone(marker)) {
      parameters();
    }
  }

  /** Where the entropy-coded data begin after a scan header. */
  int position() {
    return at;
  }

  /** Goes on behind entropy-coded data. */
  void seek(int position) {
    at = position;
  }
}
