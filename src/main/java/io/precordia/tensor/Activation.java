package io.precordia.tensor;

/** Pointwise non-linearities. */
public enum Activation {
  /** x. */
  IDENTITY,
  /** max(0, x). */
  RELU,
  /** x·Φ(x), the exact form with erf. */
  GELU,
  /** ½x(1 + tanh(√(2/π)(x + 0.044715x³))). */
  GELU_TANH,
  /** x·σ(1.702x), as in CLIP. */
  QUICK_GELU,
  /** x·σ(x). */
  SILU,
  /** tanh x. */
  TANH,
  /** σ(x). */
  SIGMOID
}
