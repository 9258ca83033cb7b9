package io.precordia.imaging;

import io.precordia.study.Pixels;

/**
 * The one way from stored values to grey: modality LUT, VOI LUT or window, polarity (PS3.4 N.2).
 * Bright is dense tissue; padding is black. Stateless.
 */
public final class GreyRendering {
  private GreyRendering() {}

  /** Grey values 0 … 1 of an image; one of a single value without a window becomes mid-grey. */
  public static Pixels render(RawImage in) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    if (in.voi() instanceof Voi.FullRange) {
      for (int stored : in.stored()) {
        if (in.padding() == null || !in.padding().holds(stored)) {
          double value = in.modality().apply(stored);
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    float[] out = new float[in.stored().length];
    for (int i = 0; i < out.length; i++) {
      int stored = in.stored()[i];
      if (in.padding() == null || !in.padding().holds(stored)) {
        double grey = grey(in.voi(), in.modality().apply(stored), low, high);
        out[i] = (float) (in.inverted() ? 1 - grey : grey);
      }
    }
    return new Pixels(in.width(), in.height(), out);
  }

  private static double grey(Voi voi, double value, double low, double high) {
    return switch (voi) {
      case Voi.FullRange full -> high > low ? (value - low) / (high - low) : 0.5;
      case Voi.Window window -> window.grey(value);
      case Voi.Table table -> Math.min(1.0, (double) table.lut().at(value) / table.lut().largest());
    };
  }
}
