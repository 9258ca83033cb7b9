package io.precordia.train.data;

import java.util.SplittableRandom;

/**
 * Changes an ECG in ways that keep its report true. Time moves in all leads together (the order of
 * events between leads carries the diagnosis); a lost lead is zero, as in service.
 */
public final class EcgAugmentation {
  private static final int LEADS = 12;

  private EcgAugmentation() {}

  /**
   * @param stored z-scores times {@link StudySample#ECG_SCALE} [12·samples], lead-major
   * @param out receives [12·samples] z-scores from {@code at}
   */
  public static void apply(short[] stored, SplittableRandom random, float[] out, int at) {
    int samples = stored.length / LEADS;
    int shift = random.nextInt(samples / 5) - samples / 10;
    float overall = (float) Math.exp((random.nextDouble() - 0.5) * 0.4);
    double noise = random.nextInt(2) == 0 ? 0 : random.nextDouble() * 0.12;
    double wander = random.nextInt(2) == 0 ? 0 : random.nextDouble() * 0.15;
    double wanderRate = 2 * Math.PI * (0.1 + 0.4 * random.nextDouble()) / 100;
    double lost = random.nextInt(3) == 0 ? 0.3 * random.nextDouble() : 0;
    int hole = random.nextInt(3) == 0 ? random.nextInt(samples / 6) : 0;
    int holeFrom = random.nextInt(samples - hole);
    for (int lead = 0; lead < LEADS; lead++) {
      boolean absent = random.nextDouble() < lost;
      float gain =
          absent
              ? 0
              : overall
                  * (float) Math.exp((random.nextDouble() - 0.5) * 0.2)
                  / StudySample.ECG_SCALE;
      double phase = random.nextDouble() * 2 * Math.PI;
      for (int t = 0; t < samples; t++) {
        int source = t + shift;
        boolean outside = source < 0 || source >= samples;
        float value = outside ? 0 : stored[lead * samples + source] * gain;
        if (!absent && !outside) {
          value += (float) (wander * Math.sin(wanderRate * t + phase));
          if (noise > 0) {
            value += (float) (noise * (random.nextInt(256) + random.nextInt(256) - 255) / 104.0);
          }
        }
        out[at + lead * samples + t] = t >= holeFrom && t < holeFrom + hole ? 0 : value;
      }
    }
  }

  /** The same without change, for evaluation. */
  public static void plain(short[] stored, float[] out, int at) {
    for (int i = 0; i < stored.length; i++) {
      out[at + i] = (float) stored[i] / StudySample.ECG_SCALE;
    }
  }
}
