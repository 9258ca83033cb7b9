package io.precordia.weights;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/** Stored real numbers as floats. */
final class RealNumbers {
  private RealNumbers() {}

  /**
   * Converts as many elements as {@code octets} holds: F32, F16, BF16 and F64 (rounded).
   *
   * @param octets little-endian, from its position on
   * @param at index in {@code out} of the first
   * @throws PrecordiaException BAD_WEIGHTS for other element types
   */
  static void read(TensorEntry entry, ByteBuffer octets, float[] out, int at) {
    ByteBuffer data = octets.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = data.remaining() / entry.type().bytes();
    switch (entry.type()) {
      case F32 -> data.asFloatBuffer().get(out, at, count);
      case F16 -> {
        ShortBuffer halves = data.asShortBuffer();
        for (int i = 0; i < count; i++) {
          out[at + i] = Float.float16ToFloat(halves.get(i));
        }
      }
      case BF16 -> {
        ShortBuffer halves = data.asShortBuffer();
        for (int i = 0; i < count; i++) {
          out[at + i] = Float.intBitsToFloat(halves.get(i) << 16);
        }
      }
      case F64 -> {
        for (int i = 0; i < count; i++) {
          out[at + i] = (float) data.getDouble(8 * i);
        }
      }
      default -> throw notReal(entry);
    }
  }

  /** Whether {@link #read} takes an element type. */
  static boolean takes(ElementType type) {
    return switch (type) {
      case F32, F16, BF16, F64 -> true;
      default -> false;
    };
  }

  static PrecordiaException notReal(TensorEntry entry) {
    return new PrecordiaException(
        ErrorCode.BAD_WEIGHTS, entry.name() + " holds " + entry.type() + ", not real numbers");
  }
}
