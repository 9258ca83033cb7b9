package io.precordia.train.sim.ecg;

import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * When atria and ventricles are activated, and when a pacemaker fires.
 *
 * @param beats in time order
 * @param waves P waves, conducted or not
 * @param spikes pacing stimuli, ms
 */
record RhythmPlan(List<Beat> beats, List<PWave> waves, List<Double> spikes) {
  RhythmPlan {
    beats = List.copyOf(beats);
    waves = List.copyOf(waves);
    spikes = List.copyOf(spikes);
  }

  static RhythmPlan draw(EcgState state, double durationMs, SimRandom r) {
    RhythmPlan plan =
        switch (state.rhythm()) {
          case SINUS -> new SinusRhythm(state, durationMs, r).conducted();
          case SECOND_DEGREE_AV_BLOCK -> new SinusRhythm(state, durationMs, r).partlyBlocked();
          case COMPLETE_AV_BLOCK -> new FreeRhythm(state, durationMs, r).escape();
          case ATRIAL_FIBRILLATION -> new FreeRhythm(state, durationMs, r).fibrillation();
          case ATRIAL_FLUTTER -> new FreeRhythm(state, durationMs, r).flutter();
          case PACED -> new FreeRhythm(state, durationMs, r).paced();
        };
    return state.ectopicBeats() == 0 ? plan : plan.withEctopics(state, durationMs, r);
  }

  /** Mean RR interval of the beats inside the strip, or the one aimed at. */
  double meanRrMs(double durationMs, double aim) {
    double first = Double.NaN;
    double last = Double.NaN;
    int count = 0;
    for (Beat b : beats) {
      if (b.onsetMs() >= 0 && b.onsetMs() < durationMs) {
        first = count == 0 ? b.onsetMs() : first;
        last = b.onsetMs();
        count++;
      }
    }
    return count > 1 ? (last - first) / (count - 1) : aim;
  }

  /**
   * Turns chosen beats into premature ones; the next beat keeps its time, which is the compensatory
   * pause. The P wave of a replaced beat is buried and left out.
   */
  private RhythmPlan withEctopics(EcgState state, double durationMs, SimRandom r) {
    List<Beat> out = new ArrayList<>(beats);
    List<PWave> p = new ArrayList<>(waves);
    List<Double> fired = new ArrayList<>(spikes);
    double mean = 60000 / state.rateBpm();
    List<Integer> free = new ArrayList<>();
    for (int i = 2; i < out.size() - 1; i++) {
      Beat b = out.get(i);
      boolean calm =
          b.origin() != Origin.ATRIAL_PREMATURE
              && out.get(i - 1).origin() != Origin.ATRIAL_PREMATURE
              && out.get(i + 1).origin() != Origin.ATRIAL_PREMATURE;
      if (calm && b.onsetMs() > 900 && b.onsetMs() < durationMs - 700) {
        free.add(i);
      }
    }
    for (int k = 0; k < state.ectopicBeats() && !free.isEmpty(); k++) {
      int i = free.get(r.below(free.size()));
      free.removeIf(j -> Math.abs(j - i) < 2);
      Beat b = out.get(i);
      Beat before = out.get(i - 1);
      double coupling = Math.max(340, Math.min(b.rrMs(), mean) * r.range(0.55, 0.68));
      double early = before.onsetMs() + Math.min(coupling, 0.85 * b.rrMs());
      out.set(
          i, new Beat(early, early - before.onsetMs(), Origin.VENTRICULAR_PREMATURE, Double.NaN));
      Beat next = out.get(i + 1);
      out.set(i + 1, new Beat(next.onsetMs(), next.onsetMs() - early, next.origin(), next.prMs()));
      p.removeIf(w -> Math.abs(w.onsetMs() - (b.onsetMs() - b.prMs())) < 1e-6);
      fired.removeIf(s -> s > b.onsetMs() - 300 && s <= b.onsetMs());
    }
    return new RhythmPlan(out, p, fired);
  }
}
