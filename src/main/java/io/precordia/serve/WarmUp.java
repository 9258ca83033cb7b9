package io.precordia.serve;

import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.Pixels;
import java.util.Arrays;
import java.util.List;

/**
 * First passes of every kind, so that the first real request does not pay for lazy initialisation.
 */
public final class WarmUp {
  private static final int SIDE = 256;
  private static final int SAMPLES = 5000;
  private static final double RATE_HZ = 500;

  private WarmUp() {}

  /** Embeds one synthetic item of each modality that the model takes. */
  public static void run(Encoder encoder) {
    if (encoder.modalities().contains(Modality.REPORT)) {
      encoder.embedTexts(List.of("No acute cardiopulmonary abnormality."));
    }
    if (encoder.modalities().contains(Modality.XRAY)) {
      encoder.embedXrays(List.of(xray()));
    }
    if (encoder.modalities().contains(Modality.ECG)) {
      encoder.embedEcgs(List.of(ecg()));
    }
  }

  /** A smooth gradient of 256 x 256 pixels; it stands for no patient. */
  public static Pixels xray() {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % SIDE + i / SIDE) / (2f * SIDE);
    }
    return new Pixels(SIDE, SIDE, values);
  }

  /** Ten seconds of a 1 Hz sine in all leads at 500 Hz; it stands for no patient. */
  public static Ecg ecg() {
    float[][] leads = new float[12][SAMPLES];
    for (int lead = 0; lead < leads.length; lead++) {
      for (int t = 0; t < SAMPLES; t++) {
        leads[lead][t] = (float) Math.sin(2 * Math.PI * t / RATE_HZ + lead);
      }
    }
    boolean[] present = new boolean[12];
    Arrays.fill(present, true);
    return new Ecg(leads, present, new boolean[12], RATE_HZ, true);
  }
}
