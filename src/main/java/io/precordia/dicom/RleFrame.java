package io.precordia.dicom;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** RLE Lossless (PS3.5 Annex G): one PackBits segment for each byte of each sample. */
final class RleFrame {
  private static final int HEADER = 64;

  private RleFrame() {}

  static int[] decode(byte[] bytes, PixelFrame f) {
    if (bytes.length < HEADER) {
      throw truncated();
    }
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int width = f.bytesPerSample();
    int segments = header.getInt(0);
    if (segments != width * f.samples()) {
      throw new PrecordiaException(
          ErrorCode.PIXEL_DECODE_FAILED,
          "the RLE header names " + segments + " segments, the image needs " + width * f.samples());
    }
    int[] words = new int[f.pixels() * f.samples()];
    for (int s = 0; s < segments; s++) {
      long from = header.getInt(4 + 4 * s) & 0xffffffffL;
      long to = s + 1 < segments ? header.getInt(8 + 4 * s) & 0xffffffffL : bytes.length;
      if (from < HEADER || from > to || to > bytes.length) {
        throw truncated();
      }
      int shift = 8 * (width - 1 - s % width);
      segment(bytes, (int) from, (int) to, words, s / width * f.pixels(), f.pixels(), shift);
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = f.value(words[i]);
    }
    return words;
  }

  private static void segment(
      byte[] in, int from, int to, int[] out, int start, int count, int shift) {
    int at = from;
    int done = 0;
    while (done < count) {
      if (at >= to) {
        throw truncated();
      }
      int n = in[at++];
      if (n >= 0) {
        for (int i = 0; i <= n && done < count; i++, done++) {
          if (at >= to) {
            throw truncated();
          }
          out[start + done] |= (in[at++] & 0xff) << shift;
        }
      } else if (n != -128) {
        if (at >= to) {
          throw truncated();
        }
        int value = (in[at++] & 0xff) << shift;
        for (int i = 0; i <= -n && done < count; i++, done++) {
          out[start + done] |= value;
        }
      }
    }
  }

  private static PrecordiaException truncated() {
    return new PrecordiaException(
        ErrorCode.TRUNCATED, "the RLE data end before the image is complete; send it again");
  }
}
