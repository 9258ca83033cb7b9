package io.precordia.train.sim.ecg;

import io.precordia.train.sim.state.SimRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The QRS complex of one beat while it is put together. Events are placed by fractions of its
 * duration, so that onset and offset are exact. The body is turned in the frontal plane until the
 * complex has the wanted axis; fixed parts (a lost wall, a delta wave) stay where anatomy puts
 * them. The late forces of a right bundle branch block do not count for the axis, which is read
 * from the unblocked part.
 */
final class QrsLoop {
  private static final int STEPS = 24;
  private static final int HALVINGS = 9;
  private static final int GROWTHS = 8;

  private final double ms;
  private double axisDegrees = Double.NaN;
  private final List<Deflection> body = new ArrayList<>();
  private final List<Deflection> fixed = new ArrayList<>();
  private final List<Deflection> late = new ArrayList<>();

  QrsLoop(double ms) {
    this.ms = ms;
  }

  double ms() {
    return ms;
  }

  /** The axis that {@link #withAxis} has reached, degrees. */
  double axisDegrees() {
    return axisDegrees;
  }

  QrsLoop body(double centre, double sigma, double x, double y, double z) {
    body.add(Deflection.of(centre * ms, sigma * ms, x, y, z));
    return this;
  }

  QrsLoop fixed(double centre, double sigma, double x, double y, double z) {
    fixed.add(Deflection.of(centre * ms, sigma * ms, x, y, z));
    return this;
  }

  QrsLoop late(double centre, double sigma, double x, double y, double z) {
    late.add(Deflection.of(centre * ms, sigma * ms, x, y, z));
    return this;
  }

  /** Varies every event a little: the individual form. */
  QrsLoop individual(SimRandom r, double amount, double size) {
    body.replaceAll(d -> varied(d, r, amount, size));
    fixed.replaceAll(d -> varied(d, r, amount * 0.5, size));
    late.replaceAll(d -> varied(d, r, amount, size));
    return this;
  }

  private static Deflection varied(Deflection d, SimRandom r, double amount, double size) {
    double common = size * r.around(1, amount);
    Vector3 v =
        new Vector3(
            d.peak().x() * common * r.around(1, amount) + r.around(0, 0.02),
            d.peak().y() * common * r.around(1, amount) + r.around(0, 0.02),
            d.peak().z() * common * r.around(1, amount) + r.around(0, 0.02));
    return new Deflection(d.centreMs(), d.riseMs(), d.fallMs(), v);
  }

  /** Turns the body about the long axis of the body: moves the precordial transition. */
  QrsLoop rotated(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    body.replaceAll(
        d ->
            new Deflection(
                d.centreMs(),
                d.riseMs(),
                d.fallMs(),
                new Vector3(
                    cos * d.peak().x() - sin * d.peak().z(),
                    d.peak().y(),
                    sin * d.peak().x() + cos * d.peak().z())));
    return this;
  }

  /** Turns the body in the frontal plane until the complex has this axis; returns all events. */
  List<Deflection> withAxis(LeadField field, double degrees) {
    double turn = turn(field, degrees);
    // A body too small against the fixed parts grows.
    for (int i = 0; i < GROWTHS && weak(field, degrees, turn); i++) {
      body.replaceAll(
          d -> new Deflection(d.centreMs(), d.riseMs(), d.fallMs(), d.peak().times(1.15)));
      turn = turn(field, degrees);
    }
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    List<Deflection> out = new ArrayList<>();
    for (Deflection d : body) {
      out.add(new Deflection(d.centreMs(), d.riseMs(), d.fallMs(), d.peak().frontal(cos, sin)));
    }
    out.addAll(fixed);
    Vector3 a = area(out);
    axisDegrees = field.axisDegrees(a.x(), a.y(), a.z());
    out.addAll(late);
    return out;
  }

  /** The angle, radians, that comes nearest to the wanted axis. */
  private double turn(LeadField field, double degrees) {
    double best = 0;
    double least = Math.abs(error(field, degrees, 0));
    double step = Math.PI / STEPS;
    for (int i = 1 - STEPS; i <= STEPS; i++) {
      double error = Math.abs(error(field, degrees, i * step));
      if (error < least) {
        least = error;
        best = i * step;
      }
    }
    for (int i = 0; i < HALVINGS; i++) {
      step /= 2;
      double below = Math.abs(error(field, degrees, best - step));
      double above = Math.abs(error(field, degrees, best + step));
      if (Math.min(below, above) < least) {
        least = Math.min(below, above);
        best += below < above ? -step : step;
      }
    }
    return best;
  }

  /** Whether the axis is missed, or so little is left of the complex that it means nothing. */
  private boolean weak(LeadField field, double degrees, double turn) {
    Vector3 rest = area(fixed);
    Vector3 all = area(body).frontal(StrictMath.cos(turn), StrictMath.sin(turn)).plus(rest);
    double lost = rest.x() * rest.x() + rest.y() * rest.y();
    return Math.abs(error(field, degrees, turn)) > 2
        || all.x() * all.x() + all.y() * all.y() < 0.5 * lost;
  }

  /** What the axis lacks when the body is turned by this angle (radians), within ±180 degrees. */
  private double error(LeadField field, double degrees, double turn) {
    Vector3 a = area(body).frontal(StrictMath.cos(turn), StrictMath.sin(turn)).plus(area(fixed));
    double error = degrees - field.axisDegrees(a.x(), a.y(), a.z());
    return error - 360 * Math.floor((error + 180) / 360);
  }

  /** Time integral of some events but for a common factor. */
  static Vector3 area(List<Deflection> events) {
    Vector3 sum = new Vector3(0, 0, 0);
    for (Deflection d : events) {
      sum = sum.plus(d.peak().times(d.riseMs() + d.fallMs()));
    }
    return sum;
  }
}
