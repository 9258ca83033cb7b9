package io.precordia.train.sim.ecg;

import io.precordia.study.Ecg;
import java.util.List;

/**
 * A simulated 12-lead ECG with its ground truth.
 *
 * @param ecg 12 leads, millivolts; Einthoven and Goldberger hold within float rounding
 * @param beats fiducials of every beat wholly inside the recording
 * @param measurements global measurements
 */
public record EcgRecording(Ecg ecg, List<Fiducials> beats, Measurements measurements) {
  public EcgRecording {
    beats = List.copyOf(beats);
  }

  /**
   * Sample indices within one beat.
   *
   * @param pOnset onset of the P wave, or -1 where there is none
   * @param qrsOnset first sample of QRS
   * @param rPeak sample of the largest dipole within QRS
   * @param qrsOffset J point
   * @param tEnd end of the T wave
   * @param ectopic ventricular premature beat
   */
  public record Fiducials(
      int pOnset, int qrsOnset, int rPeak, int qrsOffset, int tEnd, boolean ectopic) {}

  /**
   * Global measurements of the normally conducted beats.
   *
   * @param ventricularRateBpm 60,000 over the mean RR interval in ms
   * @param prMs onset of P to onset of QRS, 0 without P wave
   * @param qrsMs QRS duration
   * @param qtMs QT interval
   * @param qtcMs QT corrected by Fridericia
   * @param axisDegrees frontal QRS axis from the net areas in I and aVF, -180 to 180
   */
  public record Measurements(
      double ventricularRateBpm,
      double prMs,
      double qrsMs,
      double qtMs,
      double qtcMs,
      double axisDegrees) {}
}
