package io.precordia.imaging;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;

/** Pillow's resampling filters in the order of their codes (Pillow, Resample.c). */
public enum Resample {
  /** The sample under the pixel's centre. */
  NEAREST(0),
  /** sinc(x)·sinc(x/3), |x| &lt; 3. */
  LANCZOS(3),
  /** 1 − |x|, |x| &lt; 1. */
  BILINEAR(1),
  /** Keys' cubic with a = −0.5, |x| &lt; 2. */
  BICUBIC(2),
  /** 1, −0.5 &lt; x ≤ 0.5. */
  BOX(0.5),
  /** sinc(x) under a Hamming window, |x| &lt; 1. */
  HAMMING(1);

  private static final double A = -0.5;

  private final double support;

  Resample(double support) {
    this.support = support;
  }

  /**
   * @throws PrecordiaException INVALID_ARGUMENT for a number other than 0 to 5
   */
  public static Resample ofCode(int code) {
    if (code < 0 || code >= values().length) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "resample is " + code + "; 0 to 5 are known");
    }
    return values()[code];
  }

  /** Half the filter's width in pixels of the smaller image; 0 for {@link #NEAREST}. */
  public double support() {
    return support;
  }

  double weight(double at) {
    double x = Math.abs(at);
    return switch (this) {
      case NEAREST -> throw new IllegalStateException("nearest has no filter");
      case BOX -> at > -0.5 && at <= 0.5 ? 1 : 0;
      case BILINEAR -> x < 1 ? 1 - x : 0;
      case HAMMING -> x == 0 ? 1 : x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI));
      case BICUBIC ->
          x < 1 ? ((A + 2) * x - (A + 3)) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
      case LANCZOS -> at >= -3 && at < 3 ? sinc(at) * sinc(at / 3) : 0;
    };
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
