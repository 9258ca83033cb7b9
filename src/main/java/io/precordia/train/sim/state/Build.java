package io.precordia.train.sim.state;

/**
 * Anatomy that a report describes though it is no finding.
 *
 * @param restingRatio cardiothoracic ratio of the healthy heart, below 0.5
 * @param scoliosis sideways bend of the thoracic spine in cm, positive convex to the left
 * @param aorta 0 slender to 2 unfolded and calcified
 */
public record Build(double restingRatio, double scoliosis, double aorta) {
  /** Bend from which a report names it, cm. */
  public static final double NAMED_BEND = 1.0;

  /** From here a report calls the aorta unfolded. */
  public static final double UNFOLDED = 1.25;

  /** Below this a report may call the aorta slender. */
  public static final double SLENDER = 0.5;
}
