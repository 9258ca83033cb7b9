package io.precordia.train.sim.xray;

import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.SimRandom;
import io.precordia.train.sim.state.XrayFinding;

/**
 * The cardiac silhouette: left ventricle, right atrium, left heart border and aortic knob, scaled
 * to a cardiothoracic ratio.
 */
final class Heart {
  /** Radius of the aortic knob in cm. */
  final double knob;

  /** Extent to the patient's right (negative x) and left (positive x) of the midline. */
  final double right;

  final double left;
  final double centreX;
  final double centreY;
  final double bottomY;
  private final double cos;
  private final double sin;
  private final double major;
  private final double minor;
  private final double atriumX;
  private final double atriumY;
  private final double atriumRx;
  private final double atriumRy;
  private final double waistX;
  private final double waistY;
  private final double waistR;
  private final double topY;

  Heart(Thorax t, ChestState state, SimRandom r) {
    boolean globular = false;
    double arteries = 1;
    for (XrayFinding f : state.xray()) {
      globular |= f instanceof XrayFinding.PericardialEffusion;
      if (f instanceof XrayFinding.PulmonaryArteries p) {
        arteries = p.factor();
      }
    }
    double width = state.cardiothoracicRatio() * 2 * t.halfWidth;
    double share = r.around(globular ? 0.61 : 0.665, 0.025);
    left = share * width;
    right = -(1 - share) * width;
    double tilt = r.around(0.62, 0.09);
    cos = StrictMath.cos(tilt);
    sin = StrictMath.sin(tilt);
    double aspect = r.around(0.72, 0.03) + (globular ? 0.09 : 0);
    double extent = 0.47 * width;
    major = extent / Math.sqrt(cos * cos + aspect * aspect * sin * sin);
    minor = aspect * major;
    centreX = left - extent;
    double height = Math.sqrt(major * major * sin * sin + minor * minor * cos * cos);
    bottomY = t.domeLeftY + 1.6;
    centreY = bottomY - height;
    atriumRx = 0.24 * width;
    atriumRy = 0.33 * width;
    atriumX = right + atriumRx;
    atriumY = centreY - 0.05 * width;
    waistR = (globular ? 0.24 : 0.17 * (0.55 + 0.45 * arteries)) * width;
    waistX = 0.17 * width;
    waistY = centreY - 0.78 * height;
    topY = Math.min(waistY - 1.35 * waistR, Math.min(centreY - height, atriumY - atriumRy));
    knob = r.around(1.5, 0.12) + 0.32 * state.build().aorta();
  }

  /** Fraction of the cavity's depth filled by the heart. */
  double fill(double x, double y) {
    if (x < right || x > left || y > bottomY || y < topY) {
      return 0;
    }
    double dx = x - centreX;
    double dy = y - centreY;
    double u = (cos * dx + sin * dy) / major;
    double v = (-sin * dx + cos * dy) / minor;
    double lv = 0.66 * Curve.dome(Math.sqrt(u * u + v * v));
    double au = (x - atriumX) / atriumRx;
    double av = (y - atriumY) / atriumRy;
    double ra = 0.58 * Curve.dome(Math.sqrt(au * au + av * av));
    double wu = (x - waistX) / waistR;
    double wv = (y - waistY) / (1.35 * waistR);
    double waist = 0.48 * Curve.dome(Math.sqrt(wu * wu + wv * wv));
    return Math.max(Math.max(lv, ra), waist);
  }
}
