package io.precordia.train.sim.ecg;

import io.precordia.study.Modality;
import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a clean simulated ECG as a physician with a ruler would. Rows are 0 I to 11 V6. */
final class EcgProbe {
  final ChestState state;
  final EcgRecording recording;
  final float[][] mv;
  final List<Fiducials> prevailing;

  EcgProbe(ChestState state) {
    this.state = state;
    this.recording = new EcgSimulator().clean(state);
    this.mv = recording.ecg().millivolts();
    this.prevailing = recording.beats().stream().filter(Fiducials::prevailing).toList();
  }

  static List<EcgProbe> with(Finding finding, int count, Predicate<ChestState> more) {
    ChestStateSampler sampler = new ChestStateSampler();
    List<EcgProbe> out = new ArrayList<>();
    for (long i = 0; out.size() < count; i++) {
      ChestState s = sampler.sample(31, i);
      if (s.ecg().has(finding) && more.test(s)) {
        out.add(new EcgProbe(s));
      }
    }
    return out;
  }

  static List<EcgProbe> with(Finding finding, int count) {
    return with(finding, count, s -> true);
  }

  static List<EcgProbe> without(Set<Finding> findings, int count) {
    ChestStateSampler sampler = new ChestStateSampler();
    List<EcgProbe> out = new ArrayList<>();
    for (long i = 0; out.size() < count; i++) {
      ChestState s = sampler.sample(32, i);
      if (s.findings(Modality.ECG).stream().noneMatch(findings::contains)) {
        out.add(new EcgProbe(s));
      }
    }
    return out;
  }

  /** Largest value above the QRS onset within QRS, mV; median over beats. */
  double r(int lead) {
    return overBeats(f -> extreme(f, lead, f.qrsOnset(), f.qrsOffset(), 1));
  }

  /** Largest depth below the QRS onset within QRS, mV; median over beats. */
  double s(int lead) {
    return overBeats(f -> extreme(f, lead, f.qrsOnset(), f.qrsOffset(), -1));
  }

  /** Milliseconds that the lead is below baseline before it first rises above it. */
  double qMs(int lead) {
    return overBeats(
        f -> {
          int first = -1;
          int last = -1;
          for (int i = f.qrsOnset(); i <= f.qrsOffset(); i++) {
            double v = mv[lead][i] - mv[lead][f.qrsOnset()];
            if (v > 0.04) {
              break;
            }
            if (v < -0.03) {
              first = first < 0 ? i : first;
              last = i;
            }
          }
          return first < 0 ? 0 : 2.0 * (last - first + 1);
        });
  }

  /** Level 20 ms after the J point against the QRS onset, mV. */
  double st(int lead) {
    return overBeats(f -> at(f, lead, f.qrsOffset() + 10));
  }

  /** Value of largest size in the last half of J to T end, mV. */
  double t(int lead) {
    return overBeats(
        f -> {
          double best = 0;
          for (int i = (f.qrsOffset() + f.tEnd()) / 2; i <= f.tEnd(); i++) {
            double v = at(f, lead, i);
            best = Math.abs(v) > Math.abs(best) ? v : best;
          }
          return best;
        });
  }

  /** Frontal axis from the net areas of I and aVF over a part of QRS. */
  double axis(double part) {
    double one = 0;
    double foot = 0;
    for (Fiducials f : prevailing) {
      int end = f.qrsOnset() + (int) (part * (f.qrsOffset() - f.qrsOnset()));
      // The level is that of the PR segment, not of the first steep sample.
      int base = f.qrsOnset() - 5;
      for (int i = base; i <= end; i++) {
        one += mv[0][i] - mv[0][base];
        foot += mv[5][i] - mv[5][base];
      }
    }
    return Math.toDegrees(Math.atan2(1.1547 * foot, one));
  }

  /** Height of the tallest peak or deepest nadir that is one sample wide, mV. */
  double spike() {
    double most = 0;
    for (float[] lead : mv) {
      for (int i = 1; i < lead.length - 1; i++) {
        double up = lead[i] - lead[i - 1];
        double down = lead[i] - lead[i + 1];
        if (up * down > 0) {
          most = Math.max(most, Math.min(Math.abs(up), Math.abs(down)));
        }
      }
    }
    return most;
  }

  double at(Fiducials f, int lead, int sample) {
    return mv[lead][sample] - mv[lead][f.qrsOnset()];
  }

  double extreme(Fiducials f, int lead, int from, int to, int sign) {
    double best = 0;
    for (int i = from; i <= to; i++) {
      best = Math.max(best, sign * at(f, lead, i));
    }
    return best;
  }

  interface OfBeat {
    double of(Fiducials f);
  }

  double overBeats(OfBeat value) {
    double[] all = prevailing.stream().mapToDouble(value::of).sorted().toArray();
    return all[all.length / 2];
  }
}
