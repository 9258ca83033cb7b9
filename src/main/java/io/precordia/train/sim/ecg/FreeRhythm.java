package io.precordia.train.sim.ecg;

import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;

/** Ventricular rhythms that do not follow the sinus node beat by beat. */
final class FreeRhythm {
  private final EcgState state;
  private final double durationMs;
  private final SimRandom r;
  private final double mean;

  FreeRhythm(EcgState state, double durationMs, SimRandom random) {
    this.state = state;
    this.durationMs = durationMs;
    this.r = random;
    this.mean = 60000 / state.rateBpm();
  }

  /** Irregularly irregular; skewed, bounded below by the refractory period of the node. */
  RhythmPlan fibrillation() {
    double spread = r.range(0.16, 0.25);
    List<Beat> beats = new ArrayList<>();
    double time = -r.range(0.3, 1.0) * mean;
    double rr = mean;
    while (time < durationMs + mean) {
      beats.add(new Beat(time, rr, Origin.CONDUCTED, Double.NaN));
      double g = r.gaussian();
      rr = Math.max(300, mean * (1 + spread * g + 0.25 * spread * (g * g - 1)));
      time += rr;
    }
    return new RhythmPlan(beats, List.of(), List.of());
  }

  /** Every second, third or fourth flutter wave conducted, or a changing number of them. */
  RhythmPlan flutter() {
    double wave = 60000 / state.timing().flutterRate();
    boolean variable = state.timing().flutterVariable();
    int fixed = (int) state.timing().flutterRatio();
    List<Beat> beats = new ArrayList<>();
    double time = -r.range(0.3, 1.0) * mean;
    double rr = mean;
    while (time < durationMs + mean) {
      beats.add(new Beat(time, rr, Origin.CONDUCTED, Double.NaN));
      int ratio = variable ? 2 + r.below(3) : fixed;
      rr = ratio * wave + 3 * r.gaussian();
      time += rr;
    }
    return new RhythmPlan(beats, List.of(), List.of());
  }

  /** A regular escape rhythm under an independent sinus rhythm. */
  RhythmPlan escape() {
    double phase = r.next();
    List<Beat> beats = new ArrayList<>();
    regular(beats, Origin.ESCAPE, mean, Double.NaN);
    return new RhythmPlan(beats, waves(60000 / state.timing().atrialRate(), phase), List.of());
  }

  /** A pacemaker; its stimulus comes just before QRS. */
  RhythmPlan paced() {
    boolean fibrillates = state.has(Finding.ATRIAL_FIBRILLATION);
    boolean dual = state.timing().dualChamber() && !fibrillates;
    boolean atrial = dual && state.timing().atrialSpikes();
    double delay = r.range(140, 190);
    double phase = r.next();
    List<Beat> beats = new ArrayList<>();
    regular(beats, Origin.PACED, mean, dual ? delay : Double.NaN);
    List<PWave> waves = new ArrayList<>();
    List<Double> spikes = new ArrayList<>();
    for (Beat b : beats) {
      spikes.add(b.onsetMs() - 3);
      if (dual) {
        waves.add(new PWave(b.onsetMs() - delay, atrial));
        if (atrial) {
          spikes.add(b.onsetMs() - delay - 3);
        }
      }
    }
    if (!dual && !fibrillates) {
      waves.addAll(waves(60000 / state.timing().atrialRate(), phase));
    }
    return new RhythmPlan(beats, waves, spikes);
  }

  private void regular(List<Beat> beats, Origin origin, double interval, double pr) {
    double time = -r.range(0.3, 1.0) * interval;
    double rr = interval;
    while (time < durationMs + interval) {
      beats.add(new Beat(time, rr, origin, pr));
      rr = interval * (1 + (origin == Origin.PACED ? 0.0005 : 0.008) * r.gaussian());
      time += rr;
    }
  }

  private List<PWave> waves(double interval, double phase) {
    List<PWave> out = new ArrayList<>();
    double time = -interval * (1 + phase);
    while (time < durationMs + interval) {
      out.add(new PWave(time, false));
      time += interval * (1 + 0.012 * r.gaussian());
    }
    return out;
  }
}
