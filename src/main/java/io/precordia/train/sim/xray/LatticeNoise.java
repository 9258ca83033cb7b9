package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.SimRandom;

/**
 * Smooth value noise on an integer lattice, summed over octaves. Deterministic: hashes and cubic
 * interpolation only.
 */
final class LatticeNoise {
  private final long key;

  LatticeNoise(SimRandom random) {
    this.key = random.nextLong();
  }

  /** One octave, in [-1, 1], feature size 1. */
  double at(double x, double y) {
    double fx = Math.floor(x);
    double fy = Math.floor(y);
    long ix = (long) fx;
    long iy = (long) fy;
    double tx = x - fx;
    double ty = y - fy;
    tx = tx * tx * (3 - 2 * tx);
    ty = ty * ty * (3 - 2 * ty);
    double a = corner(ix, iy);
    double b = corner(ix + 1, iy);
    double c = corner(ix, iy + 1);
    double d = corner(ix + 1, iy + 1);
    double top = a + tx * (b - a);
    return top + ty * (c + tx * (d - c) - top);
  }

  /** Three octaves, about in [-1, 1]. */
  double fractal(double x, double y) {
    return 0.57 * at(x, y)
        + 0.29 * at(2.03 * x + 17.1, 2.03 * y - 4.7)
        + 0.14 * at(4.1 * x - 9.3, 4.1 * y + 31.9);
  }

  private double corner(long x, long y) {
    long h = SimRandom.mix(key ^ (x * 0x9E3779B97F4A7C15L) ^ (y * 0xC2B2AE3D27D4EB4FL));
    return (h >> 11) * 0x1.0p-52;
  }
}
