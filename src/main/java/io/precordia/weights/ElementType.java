package io.precordia.weights;

import org.jspecify.annotations.Nullable;

/** Element types of the safetensors format; the constant's name is the {@code dtype} string. */
public enum ElementType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  I16(2),
  U16(2),
  F16(2),
  BF16(2),
  I32(4),
  U32(4),
  F32(4),
  I64(8),
  U64(8),
  F64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Octets per element. */
  public int bytes() {
    return bytes;
  }

  static @Nullable ElementType of(String dtype) {
    for (ElementType type : values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    return null;
  }
}
