package io.precordia.train.robust;

import io.precordia.train.data.StudySample;
import java.util.SplittableRandom;

/** A way in which an ECG arrives worse than it was recorded, applied to the stored z-scores. */
public sealed interface EcgDisturbance {
  int LEADS = 12;

  /**
   * @param stored [12·samples] z-scores times {@link StudySample#ECG_SCALE}, lead-major, not
   *     changed
   * @param random of this recording
   */
  short[] apply(short[] stored, SplittableRandom random);

  /** White Gaussian noise of a deviation in standard deviations of the lead. */
  record Noise(double deviation) implements EcgDisturbance {
    @Override
    public short[] apply(short[] stored, SplittableRandom random) {
      short[] out = new short[stored.length];
      for (int i = 0; i < out.length; i++) {
        double value = stored[i] + deviation * StudySample.ECG_SCALE * random.nextGaussian();
        out[i] = (short) Math.clamp(Math.round(value), -32_768, 32_767);
      }
      return out;
    }
  }

  /** Some leads, drawn for each recording, are absent: zero, as in service. */
  record MissingLeads(int count) implements EcgDisturbance {
    @Override
    public short[] apply(short[] stored, SplittableRandom random) {
      short[] out = stored.clone();
      int samples = out.length / LEADS;
      boolean[] lost = new boolean[LEADS];
      for (int n = 0; n < count; ) {
        int lead = random.nextInt(LEADS);
        if (!lost[lead]) {
          lost[lead] = true;
          java.util.Arrays.fill(out, lead * samples, (lead + 1) * samples, (short) 0);
          n++;
        }
      }
      return out;
    }
  }

  /** Arm electrodes exchanged: I is inverted, II and III change places, aVR and aVL too. */
  record ArmsExchanged() implements EcgDisturbance {
    private static final int[] SOURCE = {0, 2, 1, 4, 3, 5, 6, 7, 8, 9, 10, 11};

    @Override
    public short[] apply(short[] stored, SplittableRandom random) {
      short[] out = new short[stored.length];
      int samples = out.length / LEADS;
      for (int lead = 0; lead < LEADS; lead++) {
        System.arraycopy(stored, SOURCE[lead] * samples, out, lead * samples, samples);
      }
      for (int t = 0; t < samples; t++) {
        out[t] = (short) Math.clamp(-out[t], -32_768, 32_767);
      }
      return out;
    }
  }
}
