package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.Projection;
import io.precordia.train.sim.state.Sex;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.SimRandom;

/**
 * The analytic thorax of one patient. Centimetres; x grows to the patient's left (image right), y
 * downwards from the film's upper edge, z is depth. Normal variation comes from the patient's
 * "anatomy" stream; findings enter only by the heart size.
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
  final double neck;
  final double shoulder;
  final double armOut;
  final Heart heart;
  final Sex sex;
  final double breast;
  final Projection projection;
  private final double ribBottom;
  private final Curve ribProfile;

  Thorax(ChestState state) {
    SimRandom r = state.random("anatomy");
    sex = state.sex();
    projection = state.projection();
    boolean male = sex == Sex.MALE;
    boolean bedside = projection == Projection.AP;
    double inspiration = bedside ? r.around(-1.6, 1.3) : r.around(0, 1);
    halfWidth = r.around(male ? 14.3 : 13.0, 0.7);
    halfDepth = r.around(male ? 9.6 : 8.7, 0.5);
    fat = Math.max(1.2, 2.6 + 1.9 * state.habitus() + r.around(0, 0.25));
    bodyDepth = halfDepth + 0.8 + 0.55 * fat;
    apexY = r.around(5.3, 0.7);
    domeRightY = apexY + r.around(20.2, 1) + 1.1 * inspiration - 0.8 * state.habitus();
    domeLeftY = domeRightY + r.around(1.3, 0.5);
    domeCurve = r.around(0.085, 0.012);
    domeDepthCurve = r.around(0.085, 0.012);
    clavicleY = apexY + r.around(bedside ? 2.0 : 2.9, 0.5);
    carinaY = apexY + r.around(8.0, 0.5);
    hilumY = carinaY + r.around(2.6, 0.4);
    neck = r.around(male ? 6.2 : 5.4, 0.4) + 0.6 * state.habitus();
    shoulder = halfWidth + r.around(6.5, 0.5);
    armOut = r.around(bedside ? 2.0 : 4.0, 1);
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
    heart = new Heart(this, state.cardiothoracicRatio(), r);
  }

  /** Half width of the inner rib cage. */
  double ribHalfWidth(double y) {
    double t = (y - apexY) / (ribBottom - apexY);
    return t <= 0 ? 0 : halfWidth * ribProfile.at(t);
  }

  /** Half depth of the inner rib cage; the upper chest is flatter. */
  double ribHalfDepth(double y) {
    return halfDepth * (0.62 + 0.38 * Curve.step(apexY, apexY + 13, y));
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
    double chord = 2 * ribHalfDepth(y) * Curve.dome(x / w);
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

  /** Half width of the mediastinum around the midline on one side. */
  double mediastinum(Side side, double y) {
    double narrow = side == Side.LEFT ? 2.0 : 2.2;
    double top = 3.0 - 0.7 * Curve.step(apexY, carinaY - 2, y);
    return Math.max(narrow, top) + 0.5 * Curve.step(hilumY, domeRightY, y) + 0.12 * fat;
  }

  /** Fraction (0 to 1) of the cavity's depth that mediastinum, aorta and heart fill. */
  double mediastinalFill(double x, double y) {
    Side side = x < 0 ? Side.RIGHT : Side.LEFT;
    double m = mediastinum(side, y);
    double across = Math.abs(x) / m;
    double fill = across < 1 ? 0.30 * Curve.step(1, 0.8, across) + 0.38 * Curve.dome(across) : 0;
    // Aortic knob and the descending aorta behind the heart.
    double kx = x - 2.0;
    double ky = y - (carinaY - 1.9);
    double knob = heart.knob;
    fill = Math.max(fill, 0.52 * Curve.dome(Math.sqrt(kx * kx + ky * ky) / knob));
    if (y > carinaY - 1.9) {
      double dx = (x - 1.7) / (0.62 * knob);
      fill = Math.max(fill, 0.36 * Curve.dome(dx));
    }
    return Math.max(fill, heart.fill(x, y));
  }

  /** Thickness of the whole body along the ray. */
  double body(double x, double y) {
    double ax = Math.abs(x);
    double axilla = clavicleY + 8.5;
    double spread = Curve.step(axilla + 3, clavicleY + 2, y);
    double chest = ribHalfWidthOuter(y) + fat * 0.95;
    double w = chest + spread * (shoulder - Math.min(shoulder, chest));
    double depth = bodyDepth * (1 - 0.30 * Curve.step(clavicleY + 6, clavicleY - 3, y));
    double out = ax - neck;
    double slope =
        clavicleY
            - 4.6
            + (out > 0
                ? 0.17 * out + 0.008 * out * out
                : 1.6 * out + 0.8 * out * out * (out < -1 ? -1 : 0));
    double torso = 0;
    if (ax < w && y > slope) {
      double ratio = ax / w;
      torso = 2 * depth * Math.sqrt(1 - ratio * ratio) * Math.sqrt(Math.min(1, (y - slope) / 5.0));
    }
    double girth = neck * (1 + 0.35 * Curve.step(clavicleY - 7, clavicleY + 1, y));
    double throat = 2.1 * neck * Curve.dome(ax / girth);
    double arm = arm(ax, y);
    // A rounded maximum: neck, shoulder and chest pass into each other without a seam.
    double more = Math.max(torso, throat);
    double less = Math.min(torso, throat);
    double join = Math.min(Math.sqrt(more * more + 0.35 * less * less), more + 2);
    return Math.max(
        y < clavicleY + 5
            ? more + (join - more) * Curve.step(clavicleY + 5, clavicleY - 2, y)
            : more,
        arm);
  }

  private double arm(double ax, double y) {
    double top = clavicleY + 0.5;
    if (y < top) {
      return 0;
    }
    double centre = shoulder - 2.2 + armOut * Curve.step(top, top + 22, y);
    double radius = (3.6 + 0.35 * fat) * Math.min(1, 0.5 + (y - top) / 6);
    return 2 * radius * Curve.dome((ax - centre) / radius);
  }

  private double ribHalfWidthOuter(double y) {
    double axilla = clavicleY + 8.5;
    return halfWidth * (0.94 + 0.06 * Curve.step(axilla - 4, axilla + 8, y)) + 0.9;
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
