package io.precordia.tensor;

/**
 * What a tensor's elements mean. The backend chooses their width: FLOAT is fp32 on the DJL backend
 * and may be bf16 on an inference backend.
 */
public enum ElementKind {
  /** Real numbers that layers compute with. */
  FLOAT,
  /** Indices: token ids, row numbers, class targets. */
  INT,
  /** Raw octets 0 to 255, only to be turned into FLOAT by {@link Ops#bytesToFloat}. */
  BYTE
}
