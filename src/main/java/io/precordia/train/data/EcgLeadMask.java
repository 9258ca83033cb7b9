package io.precordia.train.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which part of which lead is kept: all of them, some leads only, or the columns of a printed sheet
 * (three rows of four leads, a quarter of the strip each, with lead II as the rhythm strip).
 */
final class EcgLeadMask {
  private static final int LEADS = 12;
  private static final int LIMB_LEADS = 6;
  private static final int MOST_LOST = 6;
  private static final int RHYTHM_LEAD = 1;

  private final int[] from = new int[LEADS];
  private final int[] to = new int[LEADS];

  private EcgLeadMask(int samples) {
    Arrays.fill(to, samples);
  }

  static EcgLeadMask draw(int samples, SplittableRandom random) {
    EcgLeadMask mask = new EcgLeadMask(samples);
    int kind = random.nextInt(100);
    if (kind < 28) {
      int lost = 1 + random.nextInt(MOST_LOST);
      for (int i = 0; i < lost; i++) {
        mask.lose(random.nextInt(LEADS));
      }
    } else if (kind < 32) {
      mask.loseAll(0, LIMB_LEADS);
    } else if (kind < 36) {
      mask.loseAll(LIMB_LEADS, LEADS);
    } else if (kind < 43) {
      mask.sheet(samples);
    }
    return mask;
  }

  private void lose(int lead) {
    to[lead] = 0;
  }

  private void loseAll(int first, int end) {
    for (int lead = first; lead < end; lead++) {
      lose(lead);
    }
  }

  private void sheet(int samples) {
    for (int lead = 0; lead < LEADS; lead++) {
      if (lead != RHYTHM_LEAD) {
        int column = lead / 3;
        from[lead] = column * samples / 4;
        to[lead] = (column + 1) * samples / 4;
      }
    }
  }

  boolean shows(int lead, int t) {
    return t >= from[lead] && t < to[lead];
  }
}
