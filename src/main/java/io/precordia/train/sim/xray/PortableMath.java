package io.precordia.train.sim.xray;

/**
 * Exponential and logarithm from additions and multiplications only. {@link Math#exp} may differ by
 * a last bit between machines and {@link StrictMath#exp} is slow per pixel; these are bit-identical
 * everywhere and accurate to about 1e-9, far below a grey level.
 */
final class PortableMath {
  private static final double LN2 = 0.6931471805599453;

  private PortableMath() {}

  /** e to the x, for |x| below 700. */
  static double exp(double x) {
    double k = Math.floor(x / LN2 + 0.5);
    double r = x - k * LN2;
    double p =
        1
            + r
                * (1
                    + r
                        * (0.5
                            + r
                                * (1.0 / 6
                                    + r
                                        * (1.0 / 24
                                            + r
                                                * (1.0 / 120
                                                    + r * (1.0 / 720 + r * (1.0 / 5040)))))));
    return p * Double.longBitsToDouble((long) (k + 1023) << 52);
  }

  /** Natural logarithm of a positive normal number. */
  static double log(double x) {
    long bits = Double.doubleToLongBits(x);
    int exponent = (int) (bits >>> 52) - 1023;
    double m = Double.longBitsToDouble((bits & 0x000FFFFFFFFFFFFFL) | 0x3FF0000000000000L);
    if (m > 1.4142135623730951) {
      m *= 0.5;
      exponent++;
    }
    double s = (m - 1) / (m + 1);
    double q = s * s;
    return exponent * LN2
        + 2 * s * (1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q / 11)))));
  }
}
