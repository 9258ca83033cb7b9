package io.precordia.train.sim.ecg;

import java.util.List;

/**
 * How one kind of ventricular beat depolarises and repolarises.
 *
 * @param qrs events from the onset of QRS
 * @param qrsMs duration of QRS
 * @param axisDegrees frontal axis of QRS
 * @param t peak of the T wave, mV
 * @param st ST shift, mV: reached at the J point and held until the T wave falls
 * @param tRise width of the rising flank over that of the falling flank
 * @param tWidth width of the falling flank relative to the common one
 * @param notch second hump of the T wave, as a share of the first
 * @param uWave peak of a U wave, mV
 */
record BeatShape(
    List<Deflection> qrs,
    double qrsMs,
    double axisDegrees,
    Vector3 t,
    Vector3 st,
    double tRise,
    double tWidth,
    double notch,
    double uWave) {
  BeatShape {
    qrs = List.copyOf(qrs);
  }

  /** A beat whose T wave points away from its QRS, as after abnormal activation. */
  static BeatShape discordant(
      List<Deflection> qrs, double qrsMs, double axisDegrees, double tSize, double stSize) {
    Vector3 a = QrsLoop.area(qrs);
    double norm = Math.max(1e-6, Math.sqrt(a.x() * a.x() + a.y() * a.y() + a.z() * a.z()));
    return new BeatShape(
        qrs, qrsMs, axisDegrees, a.times(-tSize / norm), a.times(-stSize / norm), 2.3, 1.1, 0, 0);
  }

  /** The largest deflection from peak to nadir of QRS in the limb leads, mV. */
  double limbVoltage(LeadField field) {
    double[] top = new double[3];
    double[] bottom = new double[3];
    for (double ms = 0; ms <= qrsMs; ms += 2) {
      Vector3 v = at(ms);
      double one = field.project(0, v.x(), v.y(), v.z());
      double two = field.project(1, v.x(), v.y(), v.z());
      double[] lead = {one, two, two - one};
      for (int k = 0; k < 3; k++) {
        top[k] = Math.max(top[k], lead[k]);
        bottom[k] = Math.min(bottom[k], lead[k]);
      }
    }
    double most = 0;
    for (int k = 0; k < 3; k++) {
      most = Math.max(most, top[k] - bottom[k]);
    }
    return most;
  }

  private Vector3 at(double ms) {
    Vector3 sum = new Vector3(0, 0, 0);
    for (Deflection d : qrs) {
      double u = (ms - d.centreMs()) / (ms < d.centreMs() ? d.riseMs() : d.fallMs());
      sum = sum.plus(d.peak().times(StrictMath.exp(-0.5 * u * u)));
    }
    return sum;
  }
}
