package io.precordia.tensor.djl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** bfloat16, which DJL's JNI does not know. */
final class Bfloat16 {
  private static final ValueLayout.OfShort STORED =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bfloat16() {}

  /**
   * Writes exact fp32 values of little-endian bfloat16 values straight to native memory: a detour
   * by the Java heap would double what loading a model needs.
   *
   * @param to native order, twice as many octets as {@code from}
   */
  static void widen(MemorySegment from, MemorySegment to) {
    long n = from.byteSize() / Short.BYTES;
    for (long i = 0; i < n; i++) {
      to.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, from.getAtIndex(STORED, i) << Short.SIZE);
    }
  }
}
