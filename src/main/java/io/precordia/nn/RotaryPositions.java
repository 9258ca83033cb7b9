package io.precordia.nn;

import io.precordia.tensor.Ops;
import io.precordia.tensor.Rope;

/**
 * Rotary position embedding (Su et al. 2021): one frequency per pair of a head's components. Angles
 * are rounded to fp32 before their sine is taken, as the reference implementations do. Immutable.
 */
public final class RotaryPositions {
  private final float[] frequencies;

  /** {@code frequencies} in radians per position, headDim/2 of them. */
  public RotaryPositions(float[] frequencies) {
    this.frequencies = frequencies.clone();
  }

  /** Frequencies θ^(−2i/headDim). */
  public static RotaryPositions of(int headDim, double theta) {
    if (headDim < 2 || headDim % 2 != 0 || !(theta > 0)) {
      throw new IllegalArgumentException(
          "rotary positions need an even head width and a positive base");
    }
    float[] out = new float[headDim / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.pow(theta, -2.0 * i / headDim);
    }
    return new RotaryPositions(out);
  }

  /** Radians per position, a fresh copy. */
  public float[] frequencies() {
    return frequencies.clone();
  }

  /** Rotation of the tokens at positions from (inclusive) to (exclusive). */
  public Rope rope(Ops ops, int from, int to) {
    int half = frequencies.length;
    float[] cos = new float[(to - from) * half];
    float[] sin = new float[cos.length];
    for (int p = from; p < to; p++) {
      for (int i = 0; i < half; i++) {
        float angle = p * frequencies[i];
        cos[(p - from) * half + i] = (float) Math.cos(angle);
        sin[(p - from) * half + i] = (float) Math.sin(angle);
      }
    }
    return new Rope(ops.upload(cos, to - from, half), ops.upload(sin, to - from, half));
  }
}
