package io.precordia.train.sim.state;

/** The patient's side. The patient's right is on the left of the image. */
public enum Side {
  RIGHT(-1),
  LEFT(1);

  private final int sign;

  Side(int sign) {
    this.sign = sign;
  }

  /** Sign of the image x axis on this side. */
  public int sign() {
    return sign;
  }

  public String word() {
    return this == RIGHT ? "right" : "left";
  }
}
