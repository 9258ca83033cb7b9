package io.precordia.train.sim.ecg;

import io.precordia.study.Ecg;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgTechnical;
import java.util.Arrays;

/**
 * A dynamical 12-lead ECG: a heart vector driven beat by beat by Gaussian events, projected to the
 * leads. 500 Hz, 10 s. Stateless and thread-safe; the same state gives the same bits on every
 * machine.
 */
public final class EcgSimulator {
  /** Samples per second. */
  public static final double RATE_HZ = 500;

  /** Samples per lead. */
  public static final int SAMPLES = 5000;

  public EcgRecording record(ChestState state) {
    HeartActivity heart = heart(state);
    double[][] leads = heart.leads();
    EcgNoise noise = new EcgNoise(state.random("ecg-noise"), RATE_HZ, SAMPLES);
    for (int k : LeadField.INDEPENDENT) {
      noise.add(leads[k]);
    }
    LeadField.derive(leads);
    EcgTechnical technical = state.ecg().technical();
    if (technical.armReversal()) {
      LeadField.reverseArms(leads);
    }
    for (int v = 1; v <= 6; v++) {
      if (technical.open(v)) {
        Arrays.fill(leads[5 + v], 0);
      }
    }
    return new EcgRecording(ecg(leads), heart.beats(), heart.measurements());
  }

  /** The same without noise and without technical faults. */
  EcgRecording clean(ChestState state) {
    HeartActivity heart = heart(state);
    double[][] leads = heart.leads();
    LeadField.derive(leads);
    return new EcgRecording(ecg(leads), heart.beats(), heart.measurements());
  }

  private static HeartActivity heart(ChestState state) {
    return new HeartActivity(state, new LeadField(state), SAMPLES, RATE_HZ);
  }

  private static Ecg ecg(double[][] leads) {
    float[][] mv = new float[12][SAMPLES];
    for (int k = 0; k < 12; k++) {
      for (int i = 0; i < SAMPLES; i++) {
        mv[k][i] = (float) leads[k][i];
      }
    }
    boolean[] present = new boolean[12];
    Arrays.fill(present, true);
    return new Ecg(mv, present, new boolean[12], RATE_HZ, true);
  }
}
