package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Projection;
import io.precordia.train.sim.state.Sex;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding;

/**
 * The analytic thorax of one patient; {@link BodyOutline} is what surrounds it. Centimetres; x
 * grows to the patient's left (image right), y downwards from the film's upper edge, z is depth.
 * Normal variation comes from the patient's "anatomy" stream; findings enter only by the heart
 * size.
 */
final class Thorax {
  final double apexY;
  final double halfWidth;
  final double halfDepth;
  final double fat;
  final double bodyDepth;
  final double clavicleY;
  final double carinaY;
  final double hilumY;
  final double domeRightY;
  final double domeLeftY;
  final double domeCurve;
  final double domeDepthCurve;
  final double ribSpacing;

  /** Sine of the rotation about the long axis. */
  final double turn;

  /** How far heart and mediastinum lie to the left of where an unrotated patient has them. */
  final double shift;

  final double neck;
  final double shoulder;
  final double armOut;
  final Heart heart;
  final Sex sex;
  final double breast;
  final Projection projection;
  private final double ribBottom;
  private final Curve ribProfile;
  private final Curve cavityDepth;
  private final Curve mediastinumRight;
  private final Curve mediastinumLeft;

  Thorax(ChestState state) {
    SimRandom r = state.random("anatomy");
    sex = state.sex();
    projection = state.projection();
    boolean male = sex == Sex.MALE;
    boolean bedside = projection == Projection.AP;
    double inflated = severity(state);
    double sine = StrictMath.sin(StrictMath.toRadians(state.technique().rotation()));
    turn = sine;
    shift = 4.2 * sine;
    halfWidth = r.around(male ? 14.3 : 13.0, 0.7);
    halfDepth = r.around(male ? 9.6 : 8.7, 0.5) * (1 + 0.10 * inflated);
    ribSpacing = r.around(2.36, 0.08);
    fat = Math.max(1.2, 2.6 + 1.9 * state.habitus() + r.around(0, 0.25));
    bodyDepth = halfDepth + 0.8 + 0.55 * fat;
    apexY = r.around(5.3, 0.7);
    double ribs = state.technique().posteriorRibs();
    double level = apexY - 0.9 + ribSpacing * (ribs - 1) - 0.4 * state.habitus();
    domeRightY = level - raised(state, Side.RIGHT);
    domeLeftY = level + r.around(1.3, 0.5) - raised(state, Side.LEFT);
    domeCurve = r.around(0.085, 0.012) * (1 - 0.6 * inflated);
    domeDepthCurve = r.around(0.085, 0.012);
    clavicleY = apexY + r.around(bedside ? 2.0 : 2.9, 0.5);
    carinaY = apexY + r.around(8.0, 0.5);
    hilumY = carinaY + r.around(2.6, 0.4);
    neck = r.around(male ? 6.2 : 5.4, 0.4) + 0.6 * state.habitus();
    shoulder = halfWidth + r.around(6.5, 0.5);
    armOut = r.around(bedside ? 1.2 : 3.0, 1.2);
    breast =
        male
            ? Math.max(0, 0.5 * state.habitus())
            : r.range(0.3, 2.0) + Math.max(0, 0.9 * state.habitus());
    ribBottom = domeRightY + 9.5;
    double power = r.around(2.5, 0.2);
    ribProfile =
        new Curve(
            0,
            1,
            t -> {
              double u = 1 - Math.min(1, t / 0.72);
              double rise = Math.sqrt(Math.max(0, 1 - StrictMath.pow(u, power)));
              double taper = t > 0.72 ? 1 - 0.10 * (t - 0.72) / 0.28 : 1;
              return rise * taper;
            });
    cavityDepth = Curve.ofHeight(y -> halfDepth * (0.62 + 0.38 * Curve.step(apexY, apexY + 13, y)));
    mediastinumRight = Curve.ofHeight(y -> mediastinum(2.2, y));
    mediastinumLeft = Curve.ofHeight(y -> mediastinum(2.0, y));
    heart = new Heart(this, state, r);
  }

  private static double severity(ChestState state) {
    for (XrayFinding f : state.xray()) {
      if (f instanceof XrayFinding.Emphysema e) {
        return e.severity();
      }
    }
    return 0;
  }

  /** How far a collapsed lobe draws the dome up. */
  private static double raised(ChestState state, Side side) {
    for (XrayFinding f : state.xray()) {
      if (f instanceof XrayFinding.Atelectasis a && a.side() == side) {
        return a.lobar() ? 1.1 : 0.3;
      }
    }
    return 0;
  }

  /** Half width of the mediastinum on one side of the midline. */
  private double mediastinum(double narrow, double y) {
    double top = 3.0 - 0.7 * Curve.step(apexY, carinaY - 2, y);
    return Math.max(narrow, top) + 0.5 * Curve.step(hilumY, domeRightY, y) + 0.12 * fat;
  }

  /** Half width of the inner rib cage. */
  double ribHalfWidth(double y) {
    double t = (y - apexY) / (ribBottom - apexY);
    return t <= 0 ? 0 : halfWidth * ribProfile.at(t);
  }

  double domeY(Side side) {
    return side == Side.RIGHT ? domeRightY : domeLeftY;
  }

  double domeX(Side side) {
    return side.sign() * halfWidth * 0.47;
  }

  /** Height of the diaphragm's silhouette at x. */
  double diaphragm(Side side, double x) {
    double dx = x - domeX(side);
    double curve = dx * side.sign() > 0 ? domeCurve : domeCurve * 0.55;
    return domeY(side) + curve * dx * dx;
  }

  /** Height of the costophrenic angle: where the dome meets the lateral wall. */
  double angleY(Side side) {
    return diaphragm(side, side.sign() * halfWidth);
  }

  /**
   * Thickness of the pleural cavity along the ray, before heart and mediastinum take their part. 0
   * outside.
   */
  double cavity(double x, double y) {
    double w = ribHalfWidth(y);
    double ax = Math.abs(x);
    if (ax >= w) {
      return 0;
    }
    Side side = x < 0 ? Side.RIGHT : Side.LEFT;
    double chord = 2 * cavityDepth.at(y) * Curve.dome(x / w);
    // Rounded apex: the lung top lies some 5 cm from the midline and falls off medially.
    double medial = Math.max(0, 4.6 - ax);
    double below = y - (apexY + 0.16 * medial * medial);
    if (below <= 0) {
      return 0;
    }
    chord *= Math.min(1, 0.25 + 0.75 * Math.sqrt(Math.min(1, below / 5)));
    double under = y - diaphragm(side, x);
    if (under > 0) {
      chord -= 2 * Math.sqrt(under / domeDepthCurve);
    }
    return Math.max(0, chord);
  }

  /** Fraction (0 to 1) of the cavity's depth that mediastinum, aorta and heart fill. */
  double mediastinalFill(double filmX, double y) {
    double x = filmX - shift;
    double m = (x < 0 ? mediastinumRight : mediastinumLeft).at(y);
    double across = Math.abs(x) / m;
    double fill = across < 1 ? 0.30 * Curve.step(1, 0.8, across) + 0.38 * Curve.dome(across) : 0;
    // Aortic knob and the descending aorta behind the heart.
    double kx = x - 2.0;
    double ky = y - (carinaY - 1.9);
    double knob = heart.knob;
    double arch = kx * kx + ky * ky;
    if (arch < knob * knob) {
      fill = Math.max(fill, 0.52 * Math.sqrt(1 - arch / (knob * knob)));
    }
    if (ky > 0) {
      fill = Math.max(fill, 0.36 * Curve.dome((x - 1.7) / (0.62 * knob)));
    }
    return Math.max(fill, heart.fill(x, y));
  }

  /** Additional soft tissue of the breast along the ray: thick and sharp below, fading above. */
  double breastAt(double x, double y) {
    if (breast <= 0) {
      return 0;
    }
    double cx = Math.abs(x) - halfWidth * 0.62;
    double cy = y - (domeRightY - 2.6 + 0.5 * breast);
    double rx = halfWidth * 0.46;
    double ry = cy < 0 ? 7.5 : 3.6 + 0.35 * breast;
    double r2 = cx * cx / (rx * rx) + cy * cy / (ry * ry);
    if (r2 >= 1) {
      return 0;
    }
    double s = 1 - r2;
    return breast * (cy < 0 ? s : Math.sqrt(s));
  }
}
