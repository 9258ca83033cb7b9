package io.precordia.train.sim.ecg;

import java.util.List;

/**
 * How one kind of ventricular beat depolarises and repolarises.
 *
 * @param qrs events from the onset of QRS
 * @param qrsMs duration of QRS
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
  static BeatShape discordant(List<Deflection> qrs, double qrsMs, double tSize, double stSize) {
    Vector3 a = QrsLoop.area(qrs);
    double norm = Math.max(1e-6, Math.sqrt(a.x() * a.x() + a.y() * a.y() + a.z() * a.z()));
    return new BeatShape(
        qrs, qrsMs, a.times(-tSize / norm), a.times(-stSize / norm), 1.5, 1.1, 0, 0);
  }
}
