package io.precordia.train.data;

import java.util.SplittableRandom;

/**
 * Changes an ECG in ways that keep its report true. Time moves in all leads together (the order of
 * events between leads carries the diagnosis) and is never stretched (rate and intervals are
 * stated); a lost lead is zero, as in service.
 */
public final class EcgAugmentation {
  private static final int LEADS = 12;

  /** Samples per second of stored signals. */
  private static final double RATE_HZ = 100;

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
    double wanderRate = 2 * Math.PI * (0.1 + 0.4 * random.nextDouble()) / RATE_HZ;
    // What is left of 50 or 60 Hz after the band pass, folded below half the sampling rate.
    double mains = random.nextInt(8) == 0 ? random.nextDouble() * 0.08 : 0;
    double mainsRate = 2 * Math.PI * (random.nextInt(2) == 0 ? 50 : 40) / RATE_HZ;
    // An older recorder's lower cut-off: a running mean of three samples, mixed in.
    float smooth = random.nextInt(4) == 0 ? 0.7f * (float) random.nextDouble() : 0;
    int hole = random.nextInt(4) == 0 ? random.nextInt(samples / 6) : 0;
    int holeFrom = random.nextInt(samples - hole);
    EcgLeadMask mask = EcgLeadMask.draw(samples, random);
    for (int lead = 0; lead < LEADS; lead++) {
      float gain =
          overall * (float) Math.exp((random.nextDouble() - 0.5) * 0.2) / StudySample.ECG_SCALE;
      double phase = random.nextDouble() * 2 * Math.PI;
      for (int t = 0; t < samples; t++) {
        int source = t + shift;
        boolean shown =
            source >= 0
                && source < samples
                && (t < holeFrom || t >= holeFrom + hole)
                && mask.shows(lead, t);
        float value = 0;
        if (shown) {
          value = smoothed(stored, lead * samples, source, samples, smooth) * gain;
          value += (float) (wander * Math.sin(wanderRate * t + phase));
          if (mains > 0) {
            value += (float) (mains * Math.sin(mainsRate * t + phase));
          }
          if (noise > 0) {
            value += (float) (noise * (random.nextInt(256) + random.nextInt(256) - 255) / 104.0);
          }
        }
        out[at + lead * samples + t] = value;
      }
    }
  }

  private static float smoothed(short[] stored, int row, int t, int samples, float share) {
    float own = stored[row + t];
    if (share == 0) {
      return own;
    }
    float mean =
        (stored[row + Math.max(0, t - 1)] + own + stored[row + Math.min(samples - 1, t + 1)]) / 3;
    return own + share * (mean - own);
  }

  /** The same without change, for evaluation. */
  public static void plain(short[] stored, float[] out, int at) {
    for (int i = 0; i < stored.length; i++) {
      out[at + i] = (float) stored[i] / StudySample.ECG_SCALE;
    }
  }
}
