package io.precordia.train.sim.ecg;

import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.AvBlock;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;

/** The sinus node with respiratory arrhythmia, and what the AV node lets through. */
final class SinusRhythm {
  private final EcgState state;
  private final double durationMs;
  private final SimRandom r;
  private final double mean;

  SinusRhythm(EcgState state, double durationMs, SimRandom random) {
    this.state = state;
    this.durationMs = durationMs;
    this.r = random;
    boolean block = state.rhythm() == EcgState.Rhythm.SECOND_DEGREE_AV_BLOCK;
    this.mean = 60000 / (block ? state.timing().atrialRate() : state.rateBpm());
  }

  /** Onsets of P waves from before the strip to after it. */
  private List<PWave> waves() {
    double phase = r.range(0, 6.28);
    double breath = r.range(0.2, 0.3);
    double depth = r.range(0.005, 0.035);
    List<PWave> out = new ArrayList<>();
    double time = -mean * r.range(1.3, 2.3);
    while (time < durationMs + 3 * mean) {
      out.add(new PWave(time, false));
      time +=
          mean
              * (1
                  + depth * StrictMath.sin(phase + 2 * Math.PI * breath * time / 1000)
                  + 0.006 * r.gaussian());
    }
    return out;
  }

  /** Every P wave conducted with the same PR; premature ones put in. */
  RhythmPlan conducted() {
    List<PWave> waves = waves();
    premature(waves);
    List<Beat> beats = new ArrayList<>();
    double before = waves.getFirst().onsetMs() - mean + state.prMs();
    double other = r.range(-12, 30);
    for (PWave w : waves) {
      double pr = state.prMs() + (w.ectopic() ? Math.max(other, 116 - state.prMs()) : 0);
      double onset = w.onsetMs() + pr;
      beats.add(
          new Beat(
              onset, onset - before, w.ectopic() ? Origin.ATRIAL_PREMATURE : Origin.CONDUCTED, pr));
      before = onset;
    }
    return new RhythmPlan(beats, waves, List.of());
  }

  /**
   * Brings some P waves forward; the sinus node is reset, so all later ones move with them and the
   * pause is not compensatory.
   */
  private void premature(List<PWave> waves) {
    List<Integer> free = new ArrayList<>();
    for (int i = 2; i < waves.size() - 2; i++) {
      double t = waves.get(i).onsetMs();
      if (t > 900 && t < durationMs - 1100) {
        free.add(i);
      }
    }
    for (int k = 0; k < state.atrialBeats() && !free.isEmpty(); k++) {
      int i = free.get(r.below(free.size()));
      free.removeIf(j -> Math.abs(j - i) < 3);
      double before = waves.get(i - 1).onsetMs();
      double interval = waves.get(i).onsetMs() - before;
      double early = before + Math.max(300, interval * r.range(0.58, 0.74));
      double reset = r.range(0, 0.12) * mean;
      double shift = early - waves.get(i).onsetMs();
      waves.set(i, new PWave(early, true));
      for (int j = i + 1; j < waves.size(); j++) {
        PWave w = waves.get(j);
        waves.set(j, new PWave(w.onsetMs() + shift + reset, w.ectopic()));
      }
    }
  }

  /** Second degree: some P waves are not followed by a beat. */
  RhythmPlan partlyBlocked() {
    List<PWave> waves = waves();
    List<Beat> beats = new ArrayList<>();
    int cycle = state.timing().avBlock() == AvBlock.TWO_TO_ONE ? 2 : state.timing().cycle();
    boolean growing = state.timing().avBlock() == AvBlock.WENCKEBACH;
    double pr = state.timing().prMs() + (growing ? 25 : 0);
    double step = r.range(50, 85);
    int place = r.below(cycle);
    double delay = pr;
    double before = Double.NaN;
    for (int i = 0; i < waves.size(); i++) {
      int at = (i + place) % cycle;
      if (at == 0) {
        delay = pr;
      } else if (growing) {
        // The largest step is the first, so that RR shortens before the pause.
        delay += step / at;
      }
      if (at == cycle - 1) {
        continue;
      }
      double onset = waves.get(i).onsetMs() + delay;
      double rr = Double.isNaN(before) ? mean : onset - before;
      beats.add(new Beat(onset, rr, Origin.CONDUCTED, delay));
      before = onset;
    }
    return new RhythmPlan(beats, waves, List.of());
  }
}
