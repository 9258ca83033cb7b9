package io.precordia.ecg;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;

/**
 * Sample encodings of WFDB signal files, by the manual page signal(5). Each has one code that marks
 * an invalid sample.
 */
enum WfdbFormat {
  F16(16, -32768),
  F24(24, -(1 << 23)),
  F32(32, Integer.MIN_VALUE),
  F61(61, -32768),
  F80(80, -128),
  F212(212, -2048);

  private final int number;
  private final int invalid;

  WfdbFormat(int number, int invalid) {
    this.number = number;
    this.invalid = invalid;
  }

  static WfdbFormat of(int number) {
    for (WfdbFormat f : values()) {
      if (f.number == number) {
        return f;
      }
    }
    throw new PrecordiaException(
        ErrorCode.UNSUPPORTED_FORMAT,
        "WFDB signal format "
            + number
            + " is not read; convert it to 16, 24, 32, 61, 80 or 212 (xform)");
  }

  /** The raw value that means: no valid sample here. */
  int invalid() {
    return invalid;
  }

  /** Whole samples in {@code bytes} bytes. */
  long samples(long bytes) {
    return switch (this) {
      case F80 -> bytes;
      case F16, F61 -> bytes / 2;
      case F24 -> bytes / 3;
      case F32 -> bytes / 4;
      // two samples in three bytes; a lone last sample takes two
      case F212 -> bytes / 3 * 2 + (bytes % 3 == 2 ? 1 : 0);
    };
  }

  /**
   * Raw value number {@code index} of the stream that begins at {@code start}; the caller keeps to
   * {@link #samples}.
   */
  int sample(byte[] data, int start, int index) {
    return switch (this) {
      case F80 -> (data[start + index] & 0xff) - 128;
      case F16 -> (data[start + 2 * index] & 0xff) | data[start + 2 * index + 1] << 8;
      case F61 -> data[start + 2 * index] << 8 | (data[start + 2 * index + 1] & 0xff);
      case F24 -> {
        int p = start + 3 * index;
        yield (data[p] & 0xff) | (data[p + 1] & 0xff) << 8 | data[p + 2] << 16;
      }
      case F32 -> {
        int p = start + 4 * index;
        yield (data[p] & 0xff)
            | (data[p + 1] & 0xff) << 8
            | (data[p + 2] & 0xff) << 16
            | data[p + 3] << 24;
      }
      case F212 -> {
        int p = start + index / 2 * 3;
        int twelve =
            index % 2 == 0
                ? (data[p] & 0xff) | (data[p + 1] & 0x0f) << 8
                : (data[p + 2] & 0xff) | (data[p + 1] & 0xf0) << 4;
        yield twelve << 20 >> 20;
      }
    };
  }
}
