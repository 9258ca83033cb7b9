package io.precordia.train.text;

import java.util.Arrays;

/** Values of some {@link Measure}s of one study or one text. Immutable. */
public final class Particulars {
  /** No value at all. */
  public static final Particulars NONE = new Particulars(new double[0]);

  private static final int COUNT = Measure.values().length;
  private final double[] values;

  private Particulars(double[] values) {
    this.values = values;
  }

  /** The same with one value more; NaN takes one away. */
  public Particulars with(Measure measure, double value) {
    double[] next = new double[COUNT];
    Arrays.fill(next, Double.NaN);
    System.arraycopy(values, 0, next, 0, values.length);
    next[measure.ordinal()] = value;
    return new Particulars(next);
  }

  /** The value, NaN where it is unknown or unsaid. */
  public double get(Measure measure) {
    return values.length == 0 ? Double.NaN : values[measure.ordinal()];
  }

  /** Whether some measure that both have differs beyond its tolerance. */
  public boolean contradicts(Particulars other) {
    if (values.length == 0 || other.values.length == 0) {
      return false;
    }
    for (Measure m : Measure.values()) {
      // A comparison with NaN is false.
      if (m.differ(values[m.ordinal()], other.values[m.ordinal()])) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Particulars p && Arrays.equals(values, p.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
