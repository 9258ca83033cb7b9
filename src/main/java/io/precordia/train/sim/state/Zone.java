package io.precordia.train.sim.state;

/** Lung zone by height. */
public enum Zone {
  UPPER("upper"),
  MID("mid"),
  LOWER("lower");

  private final String word;

  Zone(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
