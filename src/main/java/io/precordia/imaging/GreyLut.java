package io.precordia.imaging;

/**
 * A lookup table of PS3.3 C.11.1 and C.11.2: inputs below the first mapped value take the first
 * entry, inputs beyond the last take the last.
 *
 * @param first input that the first entry is for
 * @param entries output values, unsigned, at least one
 * @param bits bits of an output value, 8 to 16
 */
public record GreyLut(int first, int[] entries, int bits) {
  public GreyLut {
    if (entries.length == 0 || bits < 1 || bits > 16) {
      throw new IllegalArgumentException("lut: " + entries.length + " entries of " + bits);
    }
  }

  /** Entry for an input. */
  public int at(double input) {
    long index = (long) Math.floor(input) - first;
    return entries[(int) Math.clamp(index, 0L, (long) entries.length - 1)];
  }

  /** Largest output that the bits allow. */
  public int largest() {
    return (1 << bits) - 1;
  }
}
