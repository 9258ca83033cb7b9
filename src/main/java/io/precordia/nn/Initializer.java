package io.precordia.nn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How a parameter starts. Values depend only on the run seed and the parameter's name, in strict
 * arithmetic, so they are the same on every machine and do not change when another parameter is
 * added.
 */
public sealed interface Initializer {
  /** Normal(0, deviation) redrawn outside ±2 deviations. */
  record TruncatedNormal(double deviation) implements Initializer {}

  /** Uniform in ±bound. */
  record Uniform(double bound) implements Initializer {}

  /** The same value everywhere. */
  record Constant(double value) implements Initializer {}

  Initializer ZEROS = new Constant(0);
  Initializer ONES = new Constant(1);
  Initializer NORMAL_002 = new TruncatedNormal(0.02);

  /** Uniform in ±1/√fanIn: PyTorch's start for linear and convolution weights and biases. */
  static Initializer fanIn(long fanIn) {
    return new Uniform(1 / Math.sqrt(fanIn));
  }

  /** {@code count} starting values. */
  default float[] values(int count, long seed, String name) {
    float[] out = new float[count];
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ hash(name));
    switch (this) {
      case Constant c -> Arrays.fill(out, (float) c.value());
      case Uniform u -> {
        for (int i = 0; i < count; i++) {
          out[i] = (float) ((2 * unit(random) - 1) * u.bound());
        }
      }
      case TruncatedNormal n -> {
        for (int i = 0; i < count; i++) {
          out[i] = (float) (n.deviation() * gaussianWithin2(random));
        }
      }
    }
    return out;
  }

  private static double gaussianWithin2(SplittableRandom random) {
    while (true) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(random)));
      double value = radius * StrictMath.cos(2 * Math.PI * unit(random));
      if (Math.abs(value) <= 2) {
        return value;
      }
    }
  }

  private static double unit(SplittableRandom random) {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  private static long hash(String name) {
    long h = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001b3L;
    }
    return h;
  }
}
