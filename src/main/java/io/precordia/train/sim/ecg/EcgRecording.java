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

  /** Where a beat comes from. */
  public enum Origin {
    /** The rhythm of the record, conducted from the atria. */
    CONDUCTED,
    /** An atrial premature beat. */
    ATRIAL_PREMATURE,
    /** A ventricular premature beat. */
    VENTRICULAR_PREMATURE,
    /** An escape beat of a complete AV block. */
    ESCAPE,
    /** A beat of the pacemaker. */
    PACED
  }

  /**
   * Sample indices within one beat.
   *
   * @param pOnset onset of the P wave that belongs to this beat, or -1 where there is none
   * @param qrsOnset first sample of QRS
   * @param rPeak sample of the largest dipole within QRS
   * @param qrsOffset J point
   * @param tEnd end of the T wave
   * @param origin where the beat comes from
   */
  public record Fiducials(
      int pOnset, int qrsOnset, int rPeak, int qrsOffset, int tEnd, Origin origin) {
    /** Whether it is a ventricular premature beat. */
    public boolean ectopic() {
      return origin == Origin.VENTRICULAR_PREMATURE;
    }

    /** Whether it is a beat of the prevailing rhythm. */
    public boolean prevailing() {
      return origin != Origin.VENTRICULAR_PREMATURE && origin != Origin.ATRIAL_PREMATURE;
    }
  }

  /**
   * Global measurements of the prevailing beats, on the signal without noise and without exchanged
   * electrodes.
   *
   * @param ventricularRateBpm 60,000 over the mean RR interval in ms
   * @param prMs onset of P to onset of QRS, NaN where there is no constant one
   * @param qrsMs QRS duration
   * @param qtMs QT interval
   * @param qtcMs QT corrected by Fridericia
   * @param axisDegrees frontal QRS axis from the net areas in I and aVF, -180 to 180; in right
   *     bundle branch block of the unblocked part of QRS
   */
  public record Measurements(
      double ventricularRateBpm,
      double prMs,
      double qrsMs,
      double qtMs,
      double qtcMs,
      double axisDegrees) {}
}
