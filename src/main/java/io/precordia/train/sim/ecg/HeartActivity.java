package io.precordia.train.sim.ecg;

import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Sex;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;

/** Plays one patient's rhythm plan into a heart vector and keeps the truth of every beat. */
final class HeartActivity {
  private final ChestState state;
  private final EcgState e;
  private final LeadField field;
  private final Dipole dipole;
  private final double durationMs;
  private final RhythmPlan plan;
  private final Ventricle ventricle;
  private final double meanRrMs;
  private final double qtMs;
  private final List<Fiducials> beats = new ArrayList<>();

  HeartActivity(ChestState state, LeadField field, int samples, double rate) {
    this.state = state;
    this.e = state.ecg();
    this.field = field;
    this.dipole = new Dipole(samples, rate);
    this.durationMs = samples * 1000 / rate;
    this.plan = RhythmPlan.draw(e, durationMs, state.random("rhythm"));
    this.ventricle = new Ventricle(state, field);
    this.meanRrMs = plan.meanRrMs(durationMs, 60000 / e.rateBpm());
    this.qtMs = qt();
    play(rate);
  }

  /** Repolarisation follows the average rate, not each single interval. */
  private double qt() {
    double broad = prevailing().qrsMs() > 118 ? 30 : 0;
    double own = e.shape().qtcMs() + (state.sex() == Sex.FEMALE ? 8 : 0) + broad;
    double qtc = e.has(Finding.LONG_QT) ? e.shape().longQtcMs() : own;
    double limit = e.has(Finding.LONG_QT) ? 0.82 * meanRrMs + 90 : 0.72 * meanRrMs + 110;
    return Math.min(qtc * StrictMath.cbrt(meanRrMs / 1000), limit);
  }

  private BeatShape prevailing() {
    return ventricle.shape(
        e.rhythm() == Rhythm.COMPLETE_AV_BLOCK ? Origin.ESCAPE : Origin.CONDUCTED);
  }

  private void play(double rate) {
    Atrium atrium = new Atrium(state);
    SimRandom r = state.random("beats");
    double swing = e.has(Finding.LOW_VOLTAGE) ? e.shape().alternans() : 0;
    double low = e.has(Finding.LOW_VOLTAGE) ? lowVoltage(swing) : 1;
    double breath = r.range(0.01, 0.06);
    double phase = r.range(0, 6.28);
    Vector3 prShift = new Repolarisation(state).prShift();
    for (PWave w : plan.waves()) {
      atrium.pWave(dipole, w, low);
    }
    int number = 0;
    for (Beat b : plan.beats()) {
      double gain =
          low
              * (1
                  + breath * StrictMath.sin(phase + 1.5 * b.onsetMs() / 1000)
                  + 0.012 * r.gaussian())
              * (1 + (number % 2 == 0 ? swing : -swing));
      number++;
      beat(b, ventricle.shape(b.origin()), gain);
      if (!Double.isNaN(b.prMs())) {
        dipole.plateau(b.onsetMs() - b.prMs() + 15, 60, b.onsetMs() + 25, 40, prShift.times(gain));
      }
    }
    if (e.has(Finding.ATRIAL_FIBRILLATION)) {
      atrium.fibrillate(dipole, rate, Math.sqrt(low));
    } else if (e.rhythm() == Rhythm.ATRIAL_FLUTTER) {
      atrium.flutter(dipole, rate, e.timing().flutterRate(), low);
    }
    for (Beat b : plan.beats()) {
      fiducials(b);
    }
    double strength = r.range(0.7, 2.2);
    for (double ms : plan.spikes()) {
      dipole.spike(ms, new Vector3(0.5, 0.9, 0.35).times(strength));
    }
  }

  /** The factor that brings every limb lead of every beat below 0.5 mV. */
  private double lowVoltage(double swing) {
    double limit = 0.45 / (1 + swing) / prevailing().limbVoltage(field);
    return Math.min(e.shape().lowVoltage(), limit);
  }

  private void beat(Beat b, BeatShape s, double gain) {
    for (Deflection d : s.qrs()) {
      dipole.add(b.onsetMs(), d, gain);
    }
    double offset = b.onsetMs() + s.qrsMs();
    double end = tEnd(b);
    double span = end - offset;
    double fall = Math.min(31 * s.tWidth(), span * 0.17);
    double peak = end - 2.4 * fall - b.onsetMs();
    dipole.add(b.onsetMs(), new Deflection(peak, fall * s.tRise(), fall, s.t()), gain);
    if (s.notch() > 0) {
      double early = peak - 3.1 * fall;
      dipole.add(
          b.onsetMs(), new Deflection(early, fall, fall * 0.9, s.t().times(s.notch())), gain);
    }
    if (s.uWave() > 0) {
      Vector3 u = new Vector3(0.6, 0.6, -0.7).times(s.uWave());
      dipole.add(b.onsetMs(), new Deflection(end - b.onsetMs() + 70, 24, 30, u), gain);
    }
    dipole.plateau(
        offset - 14, 22, end - 0.6 * fall, Math.max(40, 0.45 * span), s.st().times(gain));
  }

  private double tEnd(Beat b) {
    boolean ectopic = b.origin() == Origin.VENTRICULAR_PREMATURE;
    return b.onsetMs() + qtMs + (ectopic ? 40 : 0);
  }

  private void fiducials(Beat b) {
    boolean p = !Double.isNaN(b.prMs());
    int onset = dipole.index(b.onsetMs());
    int first = p ? dipole.index(b.onsetMs() - b.prMs()) : onset;
    int last = dipole.index(tEnd(b));
    if (first < 0 || last >= dipole.x.length) {
      return;
    }
    int offset = dipole.index(b.onsetMs() + ventricle.shape(b.origin()).qrsMs());
    beats.add(
        new Fiducials(
            p ? first : -1, onset, dipole.largest(onset, offset), offset, last, b.origin()));
  }

  double[][] leads() {
    return field.leads(dipole);
  }

  List<Fiducials> beats() {
    return beats;
  }

  Measurements measurements() {
    return new Measurements(
        60000 / meanRrMs,
        e.prMs(),
        prevailing().qrsMs(),
        qtMs,
        qtMs / StrictMath.cbrt(meanRrMs / 1000),
        prevailing().axisDegrees());
  }
}
