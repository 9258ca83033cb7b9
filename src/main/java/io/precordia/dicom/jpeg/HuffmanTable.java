package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.Arrays;

/** A Huffman table (T.81 B.2.4.2, Annex C, F.2.2.3). Thread-safe. */
final class HuffmanTable {
  private static final int LONGEST = 16;
  private static final int SHORT = 9;

  private final int[] values;

  /** By the first bits: length in the upper byte and value, 0 for longer codes. */
  private final short[] quick = new short[1 << SHORT];

  /** By length: one more than the largest code, aligned to 16 bits. */
  private final int[] ends = new int[LONGEST + 1];

  /** By length: index of the value of code 0, were it of that length. */
  private final int[] offsets = new int[LONGEST + 1];

  private HuffmanTable(int[] lengths, int[] values) {
    this.values = values;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= LONGEST; length++) {
      offsets[length] = index - code;
      for (int i = 0; i < lengths[length]; i++, code++, index++) {
        if (code >= (1 << length)) {
          throw Faults.damaged("a Huffman table of the compressed image has too many codes");
        }
        if (length <= SHORT) {
          int from = code << (SHORT - length);
          Arrays.fill(
              quick, from, from + (1 << (SHORT - length)), (short) (length << 8 | values[index]));
        }
      }
      ends[length] = code << (LONGEST - length);
      code <<= 1;
    }
  }

  /**
   * Reads the part of a DHT segment that follows the class and the identifier.
   *
   * @throws PrecordiaException PIXEL_DECODE_FAILED
   */
  static HuffmanTable read(MarkerParameters in) {
    int[] lengths = new int[LONGEST + 1];
    int count = 0;
    for (int length = 1; length <= LONGEST; length++) {
      lengths[length] = in.u8();
      count += lengths[length];
    }
    if (count > 256) {
      throw Faults.damaged("a Huffman table of the compressed image has too many codes");
    }
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.u8();
    }
    return new HuffmanTable(lengths, values);
  }

  /**
   * The next value, 0 to 255.
   *
   * @throws PrecordiaException TRUNCATED, or PIXEL_DECODE_FAILED for a code that the table lacks
   */
  int decode(EntropyBits bits) {
    int ahead = bits.peek16();
    int found = quick[ahead >> (LONGEST - SHORT)];
    if (found != 0) {
      bits.skip(found >> 8);
      return found & 0xff;
    }
    for (int length = SHORT + 1; length <= LONGEST; length++) {
      if (ahead < ends[length]) {
        bits.skip(length);
        return values[offsets[length] + (ahead >> (LONGEST - length))];
      }
    }
    bits.skip(LONGEST); // says so if the data have ended
    throw Faults.damaged("the compressed image holds a code that no table has");
  }
}
