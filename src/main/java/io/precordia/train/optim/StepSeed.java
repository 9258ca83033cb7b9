package io.precordia.train.optim;

/** Seeds of the random masks of one step. */
public final class StepSeed {
  private StepSeed() {}

  /**
   * A well-mixed function of run seed and step (splitmix64), so that a resumed run draws the same
   * masks.
   */
  public static long of(long runSeed, long step) {
    long z = runSeed * 0x9E3779B97F4A7C15L + step * 0xD1342543DE82EF95L + 1;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
