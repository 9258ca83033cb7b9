package io.precordia.nn;

import java.util.Arrays;

/**
 * Declaration of one named array of a model.
 *
 * @param name dotted path, unique in a model, for example {@code xray.blocks.0.norm1.weight}
 * @param shape sizes of the axes
 */
public record ParameterSpec(String name, long[] shape, Role role, Initializer initializer) {
  /** What an array is for; optimisers and adapters choose by it. */
  public enum Role {
    /** Matrix or kernel. */
    WEIGHT,
    /** Additive vector of a linear, convolution or normalisation layer. */
    BIAS,
    /** Multiplicative vector of a normalisation layer. */
    GAIN,
    /** Lookup table, class token, position table. */
    EMBEDDING,
    /** A scalar such as the temperature. */
    SCALAR,
    /** Running statistics: saved, never trained, not counted. */
    BUFFER
  }

  /** Number of scalars. */
  public int count() {
    long n = 1;
    for (long s : shape) {
      n = Math.multiplyExact(n, s);
    }
    return Math.toIntExact(n);
  }

  /** The same declaration under another initialisation. */
  public ParameterSpec startingAt(Initializer start) {
    return new ParameterSpec(name, shape, role, start);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ParameterSpec other
        && name.equals(other.name)
        && Arrays.equals(shape, other.shape)
        && role == other.role;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
