package io.precordia.train.sim.ecg;

import io.precordia.study.Ecg;
import io.precordia.train.sim.ecg.BeatTimes.Beat;
import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  private static final double DURATION_MS = SAMPLES * 1000 / RATE_HZ;

  public EcgRecording record(ChestState state) {
    boolean sinus = state.ecg().rhythm() == Rhythm.SINUS;
    Ventricle v = new Ventricle(state);
    Dipole dipole = new Dipole(SAMPLES, RATE_HZ);
    List<Beat> beats = BeatTimes.draw(state.ecg(), DURATION_MS, state.random("rhythm"));
    SimRandom r = state.random("beats");
    double tShape = r.range(0.85, 1.15);
    double qtc = r.range(385, 430) + (v.offsetMs - v.onsetMs > 115 ? 45 : 0);
    double mean = 60000 / state.ecg().rateBpm();
    // Repolarisation follows the average rate, not each single interval.
    double qt = Math.min(qtc * StrictMath.cbrt(mean / 1000), 0.72 * mean + 110);
    Atrium atrium = new Atrium(state);
    List<Fiducials> fiducials = new ArrayList<>();
    for (int i = 0; i < beats.size(); i++) {
      Beat b = beats.get(i);
      boolean p = sinus && !b.ectopic();
      double onset = b.timeMs() + (b.ectopic() ? v.ectopicOnsetMs : v.onsetMs);
      double offset = b.timeMs() + (b.ectopic() ? v.ectopicOffsetMs : v.offsetMs);
      double tEnd = onset + qt + (b.ectopic() ? 40 : 0);
      double pOnset = onset - state.ecg().prMs();
      if (p) {
        atrium.pWave(dipole, pOnset);
      }
      for (Deflection d : b.ectopic() ? v.ectopic : v.qrs) {
        dipole.add(b.timeMs(), d);
      }
      double span = tEnd - offset;
      double fall = Math.min(31 * tShape, span * 0.17);
      Deflection t =
          new Deflection(
              tEnd - 2.4 * fall - b.timeMs(),
              fall * 1.55,
              fall,
              b.ectopic() ? v.ectopicT : v.tWave);
      dipole.add(b.timeMs(), t);
      if (!b.ectopic()) {
        dipole.plateau(offset - 14, 22, tEnd - 0.6 * fall, Math.max(40, 0.45 * span), v.injury);
      }
      addFiducials(
          fiducials, dipole, p ? pOnset : Double.NaN, onset, b.timeMs(), offset, tEnd, b.ectopic());
    }
    if (!sinus) {
      atrium.fibrillate(dipole, RATE_HZ);
    }
    double[][] leads = project(dipole, state);
    Measurements m = measure(beats, state, v, qt, leads, fiducials);
    return new EcgRecording(ecg(leads), fiducials, m);
  }

  private static void addFiducials(
      List<Fiducials> out,
      Dipole d,
      double pOnset,
      double onset,
      double r,
      double offset,
      double tEnd,
      boolean ectopic) {
    boolean p = !Double.isNaN(pOnset);
    int first = d.index(p ? pOnset : onset);
    if (first < 0 || d.index(tEnd) >= SAMPLES) {
      return;
    }
    out.add(
        new Fiducials(
            p ? first : -1, d.index(onset), d.index(r), d.index(offset), d.index(tEnd), ectopic));
  }

  private static double[][] project(Dipole dipole, ChestState state) {
    SimRandom r = state.random("electrodes");
    double[] gains = new double[8];
    for (int i = 0; i < 8; i++) {
      gains[i] = r.around(1.0, i < 2 ? 0.03 : 0.08);
    }
    LeadField field = new LeadField(gains);
    EcgNoise noise = new EcgNoise(state.random("ecg-noise"), RATE_HZ);
    double[][] leads = new double[12][SAMPLES];
    for (int k = 0; k < 8; k++) {
      double[] lead = leads[LeadField.INDEPENDENT[k]];
      for (int i = 0; i < SAMPLES; i++) {
        lead[i] = field.project(k, dipole.x[i], dipole.y[i], dipole.z[i]);
      }
      noise.add(lead);
    }
    LeadField.derive(leads);
    return leads;
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

  private static Measurements measure(
      List<Beat> beats,
      ChestState state,
      Ventricle v,
      double qt,
      double[][] leads,
      List<Fiducials> fiducials) {
    double first = Double.NaN;
    double last = Double.NaN;
    int count = 0;
    for (Beat b : beats) {
      if (b.timeMs() >= 0 && b.timeMs() < DURATION_MS) {
        first = count == 0 ? b.timeMs() : first;
        last = b.timeMs();
        count++;
      }
    }
    double rr = count > 1 ? (last - first) / (count - 1) : 60000 / state.ecg().rateBpm();
    double one = 0;
    double foot = 0;
    for (Fiducials f : fiducials) {
      if (!f.ectopic()) {
        double base1 = leads[0][f.qrsOnset()];
        double baseF = leads[5][f.qrsOnset()];
        for (int i = f.qrsOnset(); i <= f.qrsOffset(); i++) {
          one += leads[0][i] - base1;
          foot += leads[5][i] - baseF;
        }
      }
    }
    // aVF is measured against the mean of two limbs; 2/sqrt(3) brings it to the scale of the
    // bipolar lead.
    double axis = StrictMath.toDegrees(StrictMath.atan2(foot * 1.1547005383792517, one));
    double pr = state.ecg().rhythm() == Rhythm.SINUS ? state.ecg().prMs() : 0;
    return new Measurements(
        60000 / rr, pr, v.offsetMs - v.onsetMs, qt, qt / StrictMath.cbrt(rr / 1000), axis);
  }
}
