package io.precordia.dicom.jpeg;

import io.precordia.error.PrecordiaException;

/**
 * The parameters of a JPEG-LS scan (T.87 A.2.1, C.2.4.1.1).
 *
 * @param maxval largest sample value
 * @param near largest difference of a sample from the original; 0 is lossless
 * @param t1 first threshold of the gradients
 * @param t2 second one
 * @param t3 third one
 * @param reset count at which the variables of a context are halved
 */
record CodingParameters(int maxval, int near, int t1, int t2, int t3, int reset) {
  private static final int RESET = 64;

  /** What an LSE segment of type 1 says; 0 stands for the default (C.2.4.1.1). */
  record Preset(int maxval, int t1, int t2, int t3, int reset) {
    static final Preset DEFAULT = new Preset(0, 0, 0, 0, 0);

    static Preset read(MarkerParameters in) {
      if (in.remaining() != 10) {
        throw Faults.damaged("the JPEG-LS preset parameters have a wrong length");
      }
      return new Preset(in.u16(), in.u16(), in.u16(), in.u16(), in.u16());
    }
  }

  /**
   * @param precision bits of a sample
   * @throws PrecordiaException PIXEL_DECODE_FAILED for parameters outside the bounds of Table C.2
   */
  static CodingParameters of(int precision, int near, Preset preset) {
    int full = (1 << precision) - 1;
    int maxval = preset.maxval() == 0 ? full : preset.maxval();
    if (maxval > full || near > Math.min(255, maxval / 2)) {
      throw Faults.damaged("the JPEG-LS parameters contradict the precision of the samples");
    }
    int[] defaults = thresholds(maxval, near);
    int t1 = preset.t1() == 0 ? defaults[0] : preset.t1();
    int t2 = preset.t2() == 0 ? defaults[1] : preset.t2();
    int t3 = preset.t3() == 0 ? defaults[2] : preset.t3();
    int reset = preset.reset() == 0 ? RESET : preset.reset();
    if (t1 <= near || t2 < t1 || t3 < t2 || t3 > maxval) {
      throw Faults.damaged("the JPEG-LS thresholds are out of order");
    }
    if (reset < 3 || reset > Math.max(255, maxval)) {
      throw Faults.damaged("the JPEG-LS reset value is out of range");
    }
    return new CodingParameters(maxval, near, t1, t2, t3, reset);
  }

  /** C.2.4.1.1.1. */
  private static int[] thresholds(int maxval, int near) {
    if (maxval >= 128) {
      int factor = (Math.min(maxval, 4095) + 128) >> 8;
      int t1 = clamp(factor + 2 + 3 * near, near + 1, maxval);
      int t2 = clamp(4 * factor + 3 + 5 * near, t1, maxval);
      return new int[] {t1, t2, clamp(17 * factor + 4 + 7 * near, t2, maxval)};
    }
    int factor = 256 / (maxval + 1);
    int t1 = clamp(Math.max(2, 3 / factor + 3 * near), near + 1, maxval);
    int t2 = clamp(Math.max(3, 7 / factor + 5 * near), t1, maxval);
    return new int[] {t1, t2, clamp(Math.max(4, 21 / factor + 7 * near), t2, maxval)};
  }

  /** The standard's CLAMP: what is outside on either side becomes the lower bound. */
  private static int clamp(int value, int low, int high) {
    return value > high || value < low ? low : value;
  }

  /** How far apart two neighbouring quantized errors are. */
  int step() {
    return 2 * near + 1;
  }

  /** RANGE: how many quantized prediction errors there are. */
  int range() {
    return (maxval + 2 * near) / step() + 1;
  }

  /** qbpp: bits of a quantized prediction error. */
  int errorBits() {
    return bits(range());
  }

  /** LIMIT: longest code word. */
  int limit() {
    int bpp = Math.max(2, bits(maxval + 1));
    return 2 * (bpp + Math.max(8, bpp));
  }

  private static int bits(int values) {
    return 32 - Integer.numberOfLeadingZeros(values - 1);
  }
}
