package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;
import java.util.HashMap;
import java.util.Map;

/** The tables in force: quantization and Huffman (T.81 B.2.4.1, B.2.4.2). For one thread. */
final class DctTables {
  static final int BLOCK = 64;

  /** Zig-zag sequence (T.81 Figure A.6): place in the block, row by row. */
  private static final int[] ZIG_ZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final Map<Integer, int[]> quantization = new HashMap<>();
  private final Map<Integer, HuffmanTable> direct = new HashMap<>();
  private final Map<Integer, HuffmanTable> alternating = new HashMap<>();

  /** Place in the block of a coefficient in zig-zag order. */
  static int place(int k) {
    return ZIG_ZAG[k];
  }

  /** A DQT segment. */
  void quantization(MarkerParameters in) {
    while (in.remaining() > 0) {
      int head = in.u8();
      if ((head >> 4) > 1 || (head & 15) > 3) {
        throw Faults.damaged("a quantization table of the compressed image is unusable");
      }
      int[] table = new int[BLOCK];
      for (int k = 0; k < BLOCK; k++) {
        table[k] = head >> 4 == 0 ? in.u8() : in.u16();
      }
      quantization.put(head & 15, table);
    }
  }

  /** A DHT segment. */
  void huffman(MarkerParameters in) {
    while (in.remaining() > 0) {
      int head = in.u8();
      if ((head >> 4) > 1 || (head & 15) > 3) {
        throw Faults.damaged("a Huffman table of the compressed image is unusable");
      }
      (head >> 4 == 0 ? direct : alternating).put(head & 15, HuffmanTable.read(in));
    }
  }

  /**
   * Quantization steps in zig-zag order.
   *
   * @throws PrecordiaException PIXEL_DECODE_FAILED if there is no such table
   */
  int[] quantization(int id) {
    return of(quantization, id);
  }

  /** Table of the DC differences. */
  HuffmanTable direct(int id) {
    return of(direct, id);
  }

  /** Table of the AC coefficients. */
  HuffmanTable alternating(int id) {
    return of(alternating, id);
  }

  private static <T> T of(Map<Integer, T> tables, int id) {
    T table = tables.get(id);
    if (table == null) {
      throw Faults.damaged("the compressed image uses a table that it does not define");
    }
    return table;
  }
}
