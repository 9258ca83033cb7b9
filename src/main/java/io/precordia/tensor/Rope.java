package io.precordia.tensor;

/**
 * Rotary position embedding, half-split convention of LLaMA: (x₁, x₂) → (x₁cos − x₂sin, x₂cos +
 * x₁sin) with x₁, x₂ the halves of a head.
 *
 * @param cos FLOAT [tokens, headDim/2], row = position of the token
 * @param sin FLOAT [tokens, headDim/2]
 */
public record Rope(Tensor cos, Tensor sin) {}
