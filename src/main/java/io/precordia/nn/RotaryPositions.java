package io.precordia.nn;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Rope;
import java.util.function.IntFunction;

/**
 * Rotary position embedding (Su et al. 2021): one frequency per pair of a head's components. Angles
 * are rounded to fp32 before their sine is taken, as the reference implementations do. Immutable.
 */
public final class RotaryPositions {
  private final IntFunction<float[]> frequencies;
  private final float amplitude;

  private RotaryPositions(IntFunction<float[]> frequencies, double amplitude) {
    this.frequencies = frequencies;
    this.amplitude = (float) amplitude;
  }

  /** {@code frequencies} in radians per position, headDim/2 of them. */
  public RotaryPositions(float[] frequencies) {
    this(frequencies, 1);
  }

  /**
   * @param frequencies in radians per position, headDim/2 of them
   * @param amplitude factor of the rotated queries and of the rotated keys (YaRN's temperature)
   */
  public RotaryPositions(float[] frequencies, double amplitude) {
    this(fixed(frequencies.clone()), amplitude);
  }

  private static IntFunction<float[]> fixed(float[] frequencies) {
    return length -> frequencies;
  }

  /** Frequencies θ^(−2i/headDim). */
  public static RotaryPositions of(int headDim, double theta) {
    return new RotaryPositions(geometric(headDim, theta));
  }

  /**
   * "Dynamic NTK": θ as it is for texts of at most {@code trained} tokens, and for longer ones θ
   * times (factor · length / trained − factor + 1)^(headDim/(headDim − 2)). The length is that
   * reached so far, so that a continuation turns its new tokens faster than those in the cache, as
   * the reference's does.
   *
   * @param headDim at least 4
   */
  public static RotaryPositions growing(int headDim, double theta, double factor, int trained) {
    geometric(headDim, theta);
    return new RotaryPositions(
        length -> {
          double stretch = factor * Math.max(length, trained) / trained - (factor - 1);
          return geometric(headDim, theta * Math.pow(stretch, headDim / (headDim - 2.0)));
        },
        1);
  }

  private static float[] geometric(int headDim, double theta) {
    if (headDim < 2 || headDim % 2 != 0 || !(theta > 0)) {
      throw new IllegalArgumentException(
          "rotary positions need an even head width and a positive base");
    }
    float[] out = new float[headDim / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.pow(theta, -2.0 * i / headDim);
    }
    return out;
  }

  /** Radians per position in a short text, a fresh copy. */
  public float[] frequencies() {
    return frequencies.apply(1).clone();
  }

  /** Rotation of the tokens at positions from (inclusive) to (exclusive). */
  public Rope rope(Ops ops, int from, int to) {
    float[] turns = frequencies.apply(to);
    int half = turns.length;
    float[] cos = new float[(to - from) * half];
    float[] sin = new float[cos.length];
    for (int p = from; p < to; p++) {
      for (int i = 0; i < half; i++) {
        float angle = p * turns[i];
        cos[(p - from) * half + i] = (float) Math.cos(angle) * amplitude;
        sin[(p - from) * half + i] = (float) Math.sin(angle) * amplitude;
      }
    }
    return new Rope(ops.upload(cos, to - from, half), ops.upload(sin, to - from, half));
  }
}
