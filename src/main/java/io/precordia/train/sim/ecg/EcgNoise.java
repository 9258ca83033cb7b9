package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.SimRandom;

/**
 * Baseline wander, mains hum, muscle noise, bursts of movement and steps of the baseline on the
 * eight independent leads. Amplitudes are millivolts whatever the patient's voltage.
 */
final class EcgNoise {
  private final SimRandom r;
  private final double rate;
  private final double wander;
  private final double mains;
  private final double muscle;
  private final double mainsHz;
  private final double burst;
  private final int burstFrom;
  private final int burstTo;
  private final double stepping;

  EcgNoise(SimRandom random, double rate, int samples) {
    this.r = random;
    this.rate = rate;
    wander = r.range(0.005, 0.1) * (r.chance(0.12) ? 2.5 : 1);
    mains = r.chance(0.35) ? r.range(0.002, 0.018) : 0.0005;
    muscle = r.range(0.005, 0.02) * (r.chance(0.08) ? 2 : 1);
    mainsHz = r.chance(0.6) ? 50 : 60;
    burst = r.chance(0.15) ? r.range(1, 3) : 0;
    burstFrom = r.below(samples);
    burstTo = burstFrom + 200 + r.below(900);
    stepping = r.chance(0.12) ? 0.5 : 0;
  }

  void add(double[] lead) {
    double scale = r.range(0.5, 1.5);
    tone(lead, r.range(0.12, 0.32), scale * wander);
    tone(lead, r.range(0.35, 0.6), 0.3 * scale * wander);
    tone(lead, r.range(0.03, 0.09), 0.7 * scale * wander);
    tone(lead, mainsHz, mains * r.range(0.3, 1.4));
    double slow = 0;
    double amount = muscle * r.range(0.6, 1.4);
    double moving = burst * r.next();
    int at = r.below(lead.length);
    double offset = r.chance(stepping) ? r.range(-0.4, 0.4) : 0;
    double decay = 1 - 1 / (rate * 0.7);
    for (int i = 0; i < lead.length; i++) {
      double white = r.gaussian();
      slow += 0.45 * (white - slow);
      double k = i >= burstFrom && i < burstTo ? 1 + moving : 1;
      lead[i] += k * amount * (0.45 * white + 0.9 * slow);
      if (i >= at) {
        // Electrode movement: a step that the amplifier's high pass lets go.
        lead[i] += offset;
        offset *= decay;
      }
    }
  }

  /** Adds a sine by rotating a phasor: no transcendental function per sample. */
  private void tone(double[] lead, double hz, double amplitude) {
    double step = 2 * Math.PI * hz / rate;
    double cos = StrictMath.cos(step);
    double sin = StrictMath.sin(step);
    double phase = r.range(0, 2 * Math.PI);
    double re = amplitude * StrictMath.cos(phase);
    double im = amplitude * StrictMath.sin(phase);
    for (int i = 0; i < lead.length; i++) {
      lead[i] += im;
      double next = cos * re - sin * im;
      im = sin * re + cos * im;
      re = next;
    }
  }
}
