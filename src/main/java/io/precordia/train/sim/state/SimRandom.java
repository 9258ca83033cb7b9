package io.precordia.train.sim.state;

/**
 * SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) with explicit derived draws, so that every machine
 * and every JDK gives the same bits. Not thread-safe: one instance per purpose and study.
 */
public final class SimRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;
  private long state;

  private SimRandom(long state) {
    this.state = state;
  }

  /**
   * The stream of one purpose within one study. Each part of the simulator has its own purpose, so
   * that taking one finding away leaves all other draws unchanged: the counterfactual differs only
   * by that finding.
   */
  public static SimRandom of(long seed, long index, String purpose) {
    long s = mix(seed + GOLDEN);
    s = mix(s ^ (index * 0xD1342543DE82EF95L + GOLDEN));
    for (int i = 0; i < purpose.length(); i++) {
      s = mix(s + GOLDEN * (purpose.charAt(i) + 1));
    }
    return new SimRandom(s);
  }

  public long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  public double next() {
    return (nextLong() >>> 11) * UNIT;
  }

  /** Uniform in [low, high). */
  public double range(double low, double high) {
    return low + (high - low) * next();
  }

  /** Uniform integer in [0, bound), bound at least 1. */
  public int below(int bound) {
    return (int) (next() * bound);
  }

  public boolean chance(double probability) {
    return next() < probability;
  }

  /**
   * Nearly Gaussian, mean 0, standard deviation 1, within ±3.47: the sum of four 16-bit uniforms,
   * by exact integer arithmetic.
   */
  public double gaussian() {
    return gaussian(nextLong());
  }

  /** The nearly Gaussian value of 64 random bits; see {@link #gaussian()}. */
  public static double gaussian(long bits) {
    long sum =
        (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48);
    // Four uniforms on [0, 65536) have variance 4/12 * 65536^2.
    return (sum - 131070.0) * (1.7320508075688772 / 65536.0);
  }

  /** Gaussian draw limited to ±2 deviations, for anatomy that must stay plausible. */
  public double around(double mean, double deviation) {
    double g = gaussian();
    return mean + deviation * Math.max(-2, Math.min(2, g));
  }

  /** Stateless hash to 64 bits, for lattice noise. */
  public static long mix(long z) {
    long v = z;
    v = (v ^ (v >>> 30)) * 0xBF58476D1CE4E5B9L;
    v = (v ^ (v >>> 27)) * 0x94D049BB133111EBL;
    return v ^ (v >>> 31);
  }
}
