package io.precordia.tensor;

/** Little-endian element types that weights arrive in, see {@link Ops#uploadWeights}. */
public enum StoredType {
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Octets per element. */
  public int bytes() {
    return bytes;
  }
}
