package io.precordia.tensor.djl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** bfloat16, which DJL's JNI does not know. */
final class Bfloat16 {
  private Bfloat16() {}

  /** Exact fp32 values of the remaining little-endian bfloat16 values. */
  static float[] widen(ByteBuffer values) {
    var shorts = values.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] out = new float[shorts.remaining()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.intBitsToFloat(shorts.get(i) << 16);
    }
    return out;
  }
}
