package io.precordia.imaging;

/** Value of interest transformation (PS3.3 C.11.2): modality values to 0 … 1. */
public sealed interface Voi {
  /** None in the object: the image's own smallest value is 0 and its largest 1. */
  record FullRange() implements Voi {}

  /** A VOI LUT. */
  record Table(GreyLut lut) implements Voi {}

  /**
   * A window.
   *
   * @param width at least 1 for LINEAR, above 0 otherwise
   */
  record Window(double center, double width, Function function) implements Voi {
    public Window {
      if (!Double.isFinite(center) || !(width > 0) || !Double.isFinite(width)) {
        throw new IllegalArgumentException("window: " + center + ", " + width);
      }
    }

    /** Grey value of a modality value, 0 to 1 (PS3.3 C.11.2.1.2 and C.11.2.1.3). */
    public double grey(double x) {
      return switch (function) {
        case LINEAR ->
            width <= 1
                ? (x <= center - 0.5 ? 0 : 1)
                : Math.clamp((x - (center - 0.5)) / (width - 1) + 0.5, 0, 1);
        case LINEAR_EXACT -> Math.clamp((x - center) / width + 0.5, 0, 1);
        case SIGMOID -> 1 / (1 + Math.exp(-4 * (x - center) / width));
      };
    }
  }

  /** VOI LUT Function (0028,1056). */
  enum Function {
    LINEAR,
    LINEAR_EXACT,
    SIGMOID
  }
}
