package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Sex;
import io.precordia.train.sim.state.SimRandom;

/**
 * The QRS complex of the patient's conducted beats before its axis is set. The vectors are those of
 * textbook vectorcardiograms (septum forwards and right, free wall left and down, base backwards),
 * the durations those of the AHA/ACCF/HRS recommendations of 2009.
 */
final class Activation {
  private final ChestState state;
  private final EcgState e;
  private final SimRandom r;
  private final double size;
  private final double normalMs;
  private final double septal;
  private final double basal;

  Activation(ChestState state) {
    this.state = state;
    this.e = state.ecg();
    this.r = state.random("ventricle");
    double young = state.ageYears() < 40 ? 1.08 : 1;
    double build = (state.sex() == Sex.FEMALE ? 0.92 : 1.04) * (1 - 0.14 * state.habitus());
    double drawn = r.around(1.0, 0.13) * build * young;
    this.size = e.hypertrophy() ? Math.max(0.98, Math.min(1.15, drawn)) : drawn;
    this.normalMs = r.around(state.sex() == Sex.FEMALE ? 84 : 91, 6);
    this.septal = r.range(0.25, 1.15);
    this.basal = r.range(0.05, 1.6);
  }

  QrsLoop loop() {
    double turn = rotation();
    QrsLoop loop =
        switch (e.conduction()) {
          case LEFT_BUNDLE_BRANCH_BLOCK -> leftBlock();
          case RIGHT_BUNDLE_BRANCH_BLOCK -> rightBlock(r.range(126, 158), 0.6, 1);
          case INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK -> rightBlock(r.range(103, 116), 0.76, 0.5);
          case PRE_EXCITED -> preExcited();
          case PACED -> paced();
          case NORMAL ->
              e.has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY) ? rightHypertrophy() : narrow();
        };
    return loop.individual(r, 0.1, size).rotated(turn);
  }

  /**
   * Rotation about the long axis, radians: clockwise (late transition) with hyperinflation and
   * right axis, otherwise individual.
   */
  private double rotation() {
    double free = r.around(0, 0.33) - 0.06 * state.habitus();
    if (e.has(Finding.OLD_INFARCTION) || e.has(Finding.RIGHT_VENTRICULAR_HYPERTROPHY)) {
      return 0.3 * free;
    }
    return free + (e.has(Finding.RIGHT_AXIS_DEVIATION) ? 0.2 : 0);
  }

  private QrsLoop narrow() {
    double ms = normalMs;
    if (e.has(Finding.HYPERKALAEMIA)) {
      ms = r.range(122, 156);
    } else if (e.has(Finding.FASCICULAR_BLOCK)) {
      ms = Math.min(112, normalMs + 12);
    } else if (e.hypertrophy()) {
      ms = Math.min(114, normalMs + 14);
    }
    QrsLoop loop = new QrsLoop(ms);
    wall(loop, 1, e.hypertrophy() ? r.range(1.9, 2.3) : 1);
    return loop;
  }

  /**
   * Septum, free wall and base within the first part of the complex.
   *
   * @param part share of the duration that they take
   * @param mass factor of the leftward and backward forces
   */
  private void wall(QrsLoop loop, double part, double mass) {
    double p = part;
    Territory old = e.oldInfarction();
    boolean hemiblock = e.has(Finding.FASCICULAR_BLOCK);
    if (hemiblock && e.shape().leftPosterior()) {
      loop.fixed(0.17 * p, 0.072 * p, 0.14, -0.22, -0.12);
    } else if (hemiblock) {
      loop.fixed(0.17 * p, 0.072 * p, -0.12, 0.24, -0.14);
    } else if (old == null) {
      loop.body(0.18 * p, 0.07 * p, -0.12 * septal, -0.05 * septal, -0.28 * septal);
    }
    double septum = old == Territory.ANTERIOR ? 0.12 : -0.10;
    loop.body((old == null ? 0.37 : 0.45) * p, 0.077 * p, 0.72 * mass, 0.62, septum);
    loop.body((old == null ? 0.54 : 0.58) * p, 0.08 * p, 0.58 * mass, 0.47, 0.74 * mass);
    loop.body(
        0.755 * p, 0.1 * p, -0.16 * basal, -0.12 * basal, 0.30 * basal * (mass > 1 ? 1.25 : 1));
    if (old != null) {
      lostWall(loop, old, p);
    }
  }

  /** The vector of a dead wall points away from it early in QRS: a Q wave of 35 ms and more. */
  private void lostWall(QrsLoop loop, Territory territory, double p) {
    double grade = r.range(1.0, 1.3);
    Vector3 v =
        switch (territory) {
          case ANTERIOR -> new Vector3(-0.16, 0.0, 0.72);
          case INFERIOR -> new Vector3(0.20, -0.80, 0.02);
          case LATERAL -> new Vector3(-0.84, 0.10, -0.12);
        };
    loop.fixed(0.25 * p, 0.108 * p, grade * v.x(), grade * v.y(), grade * v.z());
  }

  private QrsLoop rightBlock(double ms, double part, double grade) {
    QrsLoop loop = new QrsLoop(ms);
    wall(loop, part, 1);
    double centre = 1 - 0.29 * (0.5 + 0.5 * grade);
    double sigma = (1 - centre) / 2.25;
    return loop.late(centre, sigma, -0.52 * grade, 0.06, -0.46 * Math.max(grade, 0.75));
  }

  private QrsLoop leftBlock() {
    return new QrsLoop(r.range(126, 168))
        .body(0.148, 0.067, 0.20, 0.16, -0.08)
        .body(0.312, 0.097, 0.66, 0.30, 0.62)
        .body(0.595, 0.112, 0.86, 0.06, 0.80)
        .body(0.82, 0.082, 0.34, -0.05, 0.30);
  }

  private QrsLoop rightHypertrophy() {
    return new QrsLoop(Math.min(112, normalMs + 8))
        .body(0.18, 0.078, 0.06, -0.04, -0.30)
        .body(0.37, 0.086, 0.30, 0.62, -0.46)
        .body(0.54, 0.09, -0.20, 0.72, -0.60)
        .body(0.755, 0.108, -0.52, 0.16, -0.04);
  }

  /** A slow start from the accessory pathway: left free wall, or right or septal. */
  private QrsLoop preExcited() {
    boolean leftWall = r.chance(0.55);
    Vector3 delta = leftWall ? new Vector3(0.10, 0.22, -0.36) : new Vector3(0.34, 0.10, 0.24);
    return new QrsLoop(r.range(118, 148))
        .fixed(0.24, 0.105, 0.5 * delta.x(), 0.5 * delta.y(), 0.5 * delta.z())
        .fixed(0.40, 0.10, 0.95 * delta.x(), 0.95 * delta.y(), 0.95 * delta.z())
        .body(0.54, 0.075, 0.66, 0.58, 0.02)
        .body(0.67, 0.08, 0.58, 0.44, leftWall ? 0.30 : 0.56)
        .body(0.83, 0.077, -0.14, -0.10, 0.24);
  }

  private QrsLoop paced() {
    return new QrsLoop(r.range(142, 184))
        .body(0.18, 0.08, 0.18, 0.10, 0.12)
        .body(0.38, 0.11, 0.46, 0.30, 0.72)
        .body(0.63, 0.115, 0.42, 0.26, 0.86)
        .body(0.84, 0.073, 0.10, 0.08, 0.30);
  }
}
