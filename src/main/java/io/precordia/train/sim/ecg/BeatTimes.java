package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * When the ventricles beat: sinus with respiratory arrhythmia, or irregularly irregular, with
 * premature beats put in.
 */
final class BeatTimes {
  /**
   * One beat.
   *
   * @param timeMs R reference time; may lie just before or after the strip
   * @param rrMs time since the beat before
   * @param ectopic a ventricular premature beat
   */
  record Beat(double timeMs, double rrMs, boolean ectopic) {}

  private BeatTimes() {}

  static List<Beat> draw(EcgState state, double durationMs, SimRandom r) {
    List<Beat> out = new ArrayList<>();
    double mean = 60000 / state.rateBpm();
    boolean irregular = state.rhythm() == Rhythm.ATRIAL_FIBRILLATION;
    double phase = r.range(0, 6.28);
    double breath = r.range(0.2, 0.3);
    double depth = r.range(0.005, 0.03);
    double spread = r.range(0.16, 0.24);
    double time = -r.range(0.3, 1.0) * mean;
    double rr = mean;
    out.add(new Beat(time, rr, false));
    while (time < durationMs + mean) {
      if (irregular) {
        // Skewed, bounded below by the refractory period of the node.
        double g = r.gaussian();
        rr = Math.max(300, mean * (1 + spread * g + 0.25 * spread * (g * g - 1)));
      } else {
        rr =
            mean
                * (1
                    + depth * StrictMath.sin(phase + 2 * Math.PI * breath * time / 1000)
                    + 0.006 * r.gaussian());
      }
      time += rr;
      out.add(new Beat(time, rr, false));
    }
    return withEctopics(out, state, durationMs, mean, r);
  }

  /**
   * Turns chosen beats into premature ones; the next sinus beat keeps its time, which is the
   * compensatory pause.
   */
  private static List<Beat> withEctopics(
      List<Beat> beats, EcgState state, double durationMs, double mean, SimRandom r) {
    List<Beat> out = new ArrayList<>(beats);
    List<Integer> free = new ArrayList<>();
    for (int i = 2; i < out.size() - 1; i++) {
      Beat b = out.get(i);
      if (b.timeMs() > 900 && b.timeMs() < durationMs - 500) {
        free.add(i);
      }
    }
    for (int k = 0; k < state.ectopicBeats() && !free.isEmpty(); k++) {
      int i = free.get(r.below(free.size()));
      free.removeIf(j -> Math.abs(j - i) < 2);
      Beat b = out.get(i);
      Beat before = out.get(i - 1);
      double coupling = Math.max(340, Math.min(b.rrMs(), mean) * r.range(0.58, 0.68));
      double early = before.timeMs() + Math.min(coupling, 0.85 * b.rrMs());
      out.set(i, new Beat(early, early - before.timeMs(), true));
      Beat next = out.get(i + 1);
      out.set(i + 1, new Beat(next.timeMs(), next.timeMs() - early, next.ectopic()));
    }
    return out;
  }
}
