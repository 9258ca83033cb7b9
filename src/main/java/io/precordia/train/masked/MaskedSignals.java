package io.precordia.train.masked;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * ECGs with stretches of time silenced in all leads at once, and what was there: a lead alone could
 * be had from the others (Einthoven), and the model would learn only that.
 *
 * @param values [n·leads·samples], hidden stretches at 0, the mean of a lead
 * @param targets [n·tokens·leads·HOP], for each token the samples of its middle, lead by lead
 * @param hidden [n·tokens], 1 where the middle of a token is hidden
 */
record MaskedSignals(float[] values, float[] targets, float[] hidden) {
  /** Samples from token to token, and the first of token k's middle is 5k + 10 of its 5k…5k+24. */
  static final int HOP = 5;

  private static final int MIDDLE = 10;

  /** Half a second at 100 Hz: about a QRS complex with its T wave. */
  private static final int STRETCH = 50;

  /**
   * @param samples of a lead, a multiple of the stretch
   * @param ratio share of the stretches to hide, above 0 and below 1
   */
  static MaskedSignals of(
      float[] values, int leads, int samples, int tokens, double ratio, SplittableRandom random) {
    int n = values.length / (leads * samples);
    float[] out = values.clone();
    float[] targets = new float[n * tokens * leads * HOP];
    float[] hidden = new float[n * tokens];
    for (int i = 0; i < n; i++) {
      boolean[] gone = Choice.of(samples / STRETCH, ratio, random);
      for (int lead = 0; lead < leads; lead++) {
        int from = (i * leads + lead) * samples;
        for (int s = 0; s < gone.length; s++) {
          if (gone[s]) {
            Arrays.fill(out, from + s * STRETCH, from + (s + 1) * STRETCH, 0);
          }
        }
        for (int k = 0; k < tokens; k++) {
          System.arraycopy(
              values,
              from + HOP * k + MIDDLE,
              targets,
              ((i * tokens + k) * leads + lead) * HOP,
              HOP);
        }
      }
      for (int k = 0; k < tokens; k++) {
        hidden[i * tokens + k] = gone[(HOP * k + MIDDLE) / STRETCH] ? 1 : 0;
      }
    }
    return new MaskedSignals(out, targets, hidden);
  }
}
