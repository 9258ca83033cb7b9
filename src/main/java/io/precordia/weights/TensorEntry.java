package io.precordia.weights;

import java.util.Arrays;

/**
 * One array of a safetensors file.
 *
 * @param begin first octet, counted from the end of the header
 * @param end octet behind the last
 */
public record TensorEntry(String name, ElementType type, long[] shape, long begin, long end) {
  /** Number of elements; exact, because the header check guards the product. */
  public long elements() {
    return (end - begin) / type.bytes();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TensorEntry e
        && name.equals(e.name)
        && type == e.type
        && Arrays.equals(shape, e.shape)
        && begin == e.begin
        && end == e.end;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape);
  }
}
