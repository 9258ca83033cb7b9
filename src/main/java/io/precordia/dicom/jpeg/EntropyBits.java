package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;

/**
 * The bits of entropy-coded data, most significant first, without what was stuffed in after bytes
 * FF: a byte 00 in T.81 (B.1.1.5), a bit 0 in T.87 (A.1). Never reads past a marker. For one
 * thread.
 */
final class EntropyBits {
  private static final int STOP = 0xff;
  private static final int LONGEST = 64;

  private final byte[] stream;
  private final boolean bitStuffed;
  private int at;
  private int previous;

  /** The next bits from the top, zeros behind the valid ones. */
  private long cache;

  private int valid;

  private EntropyBits(byte[] stream, int from, boolean bitStuffed) {
    this.stream = stream;
    this.at = from;
    this.bitStuffed = bitStuffed;
  }

  /** Data of a DCT process, from a position on. */
  static EntropyBits ofJpeg(byte[] stream, int from) {
    return new EntropyBits(stream, from, false);
  }

  /** Data of JPEG-LS, from a position on. */
  static EntropyBits ofJpegLs(byte[] stream, int from) {
    return new EntropyBits(stream, from, true);
  }

  /** Holds 57 bits or more ready unless the data end before. */
  private void fill() {
    while (valid <= 56 && at < stream.length) {
      int next = stream[at] & 0xff;
      if (next == STOP && marker(at)) {
        return;
      }
      if (bitStuffed && previous == STOP) {
        cache |= (long) next << (57 - valid); // its first bit is the stuffed one
        valid += 7;
      } else {
        cache |= (long) next << (56 - valid);
        valid += 8;
      }
      previous = next;
      at += next == STOP && !bitStuffed ? 2 : 1;
    }
  }

  /** Whether the byte FF at a place is no data. */
  private boolean marker(int place) {
    if (place + 1 >= stream.length) {
      return true;
    }
    return bitStuffed ? stream[place + 1] < 0 : stream[place + 1] != 0;
  }

  /** The next 16 bits without taking them; zeros behind the end. */
  int peek16() {
    if (valid < 16) {
      fill();
    }
    return (int) (cache >>> 48);
  }

  /**
   * Takes bits that were looked at.
   *
   * @param n 0 to 16
   * @throws PrecordiaException TRUNCATED, PIXEL_DECODE_FAILED if the data end before
   */
  void skip(int n) {
    if (valid < n) {
      fill();
      if (valid < n) {
        throw ended();
      }
    }
    cache <<= n;
    valid -= n;
  }

  /**
   * Takes bits.
   *
   * @param n 0 to 24
   * @throws PrecordiaException TRUNCATED, PIXEL_DECODE_FAILED if the data end before
   */
  int read(int n) {
    if (valid < n) {
      fill();
      if (valid < n) {
        throw ended();
      }
    }
    int value = (int) (cache >>> 1 >>> (63 - n));
    cache <<= n;
    valid -= n;
    return value;
  }

  /**
   * Takes zeros and the one behind them.
   *
   * @return how many zeros
   * @throws PrecordiaException TRUNCATED, PIXEL_DECODE_FAILED if the data end before a one, or it
   *     does not come within {@value #LONGEST} bits, the longest code of T.87
   */
  int zeros() {
    int before = 0;
    if (valid < 32) {
      fill();
    }
    int zeros = Long.numberOfLeadingZeros(cache);
    while (zeros >= valid) {
      if (valid == 0) {
        throw ended();
      }
      before += valid;
      if (before > LONGEST) {
        throw Faults.damaged("a code word of the compressed image is longer than any may be");
      }
      cache = 0;
      valid = 0;
      fill();
      zeros = Long.numberOfLeadingZeros(cache);
    }
    cache = cache << zeros << 1;
    valid -= zeros + 1;
    return before + zeros;
  }

  /**
   * Goes to the beginning of the next restart interval.
   *
   * @param number of the marker, 0 to 7
   * @throws PrecordiaException TRUNCATED, PIXEL_DECODE_FAILED if another marker comes first
   */
  void restart(int number) {
    int place = nextMarker();
    while (place < stream.length && stream[place] == (byte) STOP) {
      place++; // the marker's own first byte, and fill bytes
    }
    if (place >= stream.length) {
      throw Faults.truncated();
    }
    if ((stream[place] & 0xff) != Marker.RST0 + number) {
      throw Faults.damaged("a restart marker of the compressed image is not where it must be");
    }
    at = place + 1;
    previous = 0;
    cache = 0;
    valid = 0;
  }

  /** Where the marker is that ends these data; the length of the stream without one. */
  int nextMarker() {
    for (int i = at; i < stream.length; i++) {
      if ((stream[i] & 0xff) == STOP && marker(i)) {
        return i;
      }
    }
    return stream.length;
  }

  private PrecordiaException ended() {
    return nextMarker() >= stream.length - 1
        ? Faults.truncated()
        : Faults.damaged("a marker stands where the compressed image is not yet complete");
  }
}
