package io.precordia.imaging;

/** Modality LUT (PS3.3 C.11.1): stored values to modality values. */
public sealed interface ModalityTransform {
  /** Output = slope·stored + intercept. */
  record Rescale(double slope, double intercept) implements ModalityTransform {
    public static final Rescale IDENTITY = new Rescale(1, 0);

    public Rescale {
      if (!Double.isFinite(slope) || slope == 0 || !Double.isFinite(intercept)) {
        throw new IllegalArgumentException("rescale: " + slope + ", " + intercept);
      }
    }
  }

  /** A table. */
  record Table(GreyLut lut) implements ModalityTransform {}

  /** Modality value of a stored value. */
  default double apply(int stored) {
    return switch (this) {
      case Rescale r -> r.slope() * stored + r.intercept();
      case Table t -> t.lut().at(stored);
    };
  }
}
