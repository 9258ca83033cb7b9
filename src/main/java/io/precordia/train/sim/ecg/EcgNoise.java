package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.SimRandom;

/** Baseline wander, mains hum and muscle noise on the eight independent leads. */
final class EcgNoise {
  private final SimRandom r;
  private final double rate;
  private final double wander;
  private final double mains;
  private final double muscle;
  private final double mainsHz;

  EcgNoise(SimRandom random, double rate) {
    this.r = random;
    this.rate = rate;
    wander = r.range(0.005, 0.09);
    mains = r.chance(0.35) ? r.range(0.002, 0.018) : 0.0005;
    muscle = r.range(0.003, 0.022);
    mainsHz = r.chance(0.6) ? 50 : 60;
  }

  void add(double[] lead) {
    double scale = r.range(0.5, 1.5);
    tone(lead, r.range(0.12, 0.32), scale * wander);
    tone(lead, r.range(0.35, 0.6), 0.3 * scale * wander);
    tone(lead, r.range(0.03, 0.09), 0.7 * scale * wander);
    tone(lead, mainsHz, mains * r.range(0.3, 1.4));
    double slow = 0;
    double amount = muscle * r.range(0.6, 1.4);
    for (int i = 0; i < lead.length; i++) {
      double white = r.gaussian();
      slow += 0.45 * (white - slow);
      lead[i] += amount * (0.45 * white + 0.9 * slow);
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
