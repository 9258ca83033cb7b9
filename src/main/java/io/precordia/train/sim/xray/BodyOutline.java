package io.precordia.train.sim.xray;

/**
 * The outer surface: chest wall, neck, shoulders and arms. Gives the thickness of the body along
 * each ray.
 */
final class BodyOutline {
  private final double clavicleY;
  private final double neck;
  private final Curve halfWidth;
  private final Curve depth;
  private final Curve girth;
  private final Curve joining;
  private final Curve armCentre;
  private final Curve armRadius;

  BodyOutline(Thorax t) {
    clavicleY = t.clavicleY;
    neck = t.neck;
    double axilla = clavicleY + 8.5;
    halfWidth =
        Curve.ofHeight(
            y -> {
              double ribs =
                  t.halfWidth * (0.94 + 0.06 * Curve.step(axilla - 4, axilla + 8, y)) + 0.9;
              double chest = ribs + 0.95 * t.fat;
              double spread = Curve.step(axilla + 3, clavicleY + 2, y);
              return chest + spread * (t.shoulder - Math.min(t.shoulder, chest));
            });
    depth =
        Curve.ofHeight(y -> t.bodyDepth * (1 - 0.22 * Curve.step(clavicleY + 6, clavicleY - 3, y)));
    girth = Curve.ofHeight(y -> neck * (1 + 0.35 * Curve.step(clavicleY - 7, clavicleY + 1, y)));
    joining = Curve.ofHeight(y -> Curve.step(clavicleY + 5, clavicleY - 2, y));
    double top = clavicleY + 0.5;
    armCentre = Curve.ofHeight(y -> t.shoulder - 2.2 + t.armOut * Curve.step(top, top + 22, y));
    armRadius =
        Curve.ofHeight(y -> y < top ? 0 : (4.3 + 0.4 * t.fat) * Math.min(1, 0.5 + (y - top) / 6));
  }

  /** Thickness of the body along the ray, without the breasts. 0 in air. */
  double at(double x, double y) {
    double ax = Math.abs(x);
    double torso = torso(ax, y);
    double throat = ax < 12 ? 2.1 * neck * Curve.dome(ax / girth.at(y)) : 0;
    // A rounded maximum: neck, shoulder and chest pass into each other without a seam.
    double more = Math.max(torso, throat);
    double less = Math.min(torso, throat);
    if (less > 0) {
      double join = Math.min(Math.sqrt(more * more + 0.35 * less * less), more + 2);
      more += (join - more) * joining.at(y);
    }
    double radius = armRadius.at(y);
    double arm = radius > 0 ? 2 * radius * Curve.dome((ax - armCentre.at(y)) / radius) : 0;
    return Math.max(more, arm);
  }

  private double torso(double ax, double y) {
    double w = halfWidth.at(y);
    double below = y - shoulderLine(ax);
    if (ax >= w || below <= 0) {
      return 0;
    }
    double ratio = ax / w;
    double rim = below < 5 ? Math.sqrt(below / 5) : 1;
    return 2 * depth.at(y) * Math.sqrt(1 - ratio * ratio) * rim;
  }

  /** Height of the skin above the shoulder; within the neck it rises out of the picture. */
  private double shoulderLine(double ax) {
    double out = ax - neck;
    if (out > 0) {
      return clavicleY - 5.8 + 0.16 * out + 0.006 * out * out;
    }
    return clavicleY - 5.8 + 1.6 * out - (out < -1 ? 0.8 * out * out : 0);
  }
}
