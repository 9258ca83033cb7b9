package io.precordia.weights;

/** Real numbers to be written, row-major; {@code values} fills {@code shape}. */
public record HostArray(long[] shape, float[] values) {
  public HostArray {
    long n = 1;
    for (long s : shape) {
      n = Math.multiplyExact(n, s);
    }
    if (n != values.length) {
      throw new IllegalArgumentException(
          "host array: " + values.length + " values for " + n + " places");
    }
  }
}
