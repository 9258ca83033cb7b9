package io.precordia.train.text;

/**
 * A number that describes one study more closely than a fact does. Two values that are further
 * apart than the tolerance are different statements; nearer ones may be the same reading.
 */
public enum Measure {
  /** 0 PA, 1 AP, 2 AP supine. */
  VIEW(0.5),
  /** Heart width over thorax width. */
  CARDIOTHORACIC_RATIO(0.03),
  /** Posterior ribs above the right dome. */
  POSTERIOR_RIBS(0.9),
  /** −1 to the right, 0 not, 1 to the left. */
  ROTATION(0.5),
  /** 0 small, 1 moderate, 2 large. */
  EFFUSION_SIZE(0.5),
  /** 0 upper, 1 mid, 2 lower. */
  CONSOLIDATION_ZONE(0.5),
  /** 0 small, 1 large. */
  PNEUMOTHORAX_SIZE(0.5),
  /** 0 upper, 1 mid, 2 lower. */
  NODULE_ZONE(0.5),
  /** 0 right, 1 left. */
  LINE_SIDE(0.5),
  /** 0 straight, −1 convex to the right, 1 convex to the left. */
  SCOLIOSIS(0.5),
  /** 0 slender, 1 middle, 2 unfolded aorta. */
  AORTA(1.5),
  /** Beats per minute. */
  VENTRICULAR_RATE(5),
  /** Milliseconds. */
  PR_INTERVAL(20),
  /** Milliseconds. */
  QRS_DURATION(16),
  /** Milliseconds. */
  QTC_INTERVAL(30),
  /** Degrees in the frontal plane; the shorter way round counts. */
  QRS_AXIS(25);

  private final double tolerance;

  Measure(double tolerance) {
    this.tolerance = tolerance;
  }

  /** Whether the two values cannot be readings of the same study. */
  public boolean differ(double a, double b) {
    double distance = Math.abs(a - b);
    if (this == QRS_AXIS) {
      distance = Math.min(distance, 360 - distance);
    }
    return distance > tolerance;
  }
}
