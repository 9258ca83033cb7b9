package io.precordia.train.sim.state;

/** Sex of the simulated patient, as the anatomy needs it. */
public enum Sex {
  FEMALE("F", "woman"),
  MALE("M", "man");

  private final String code;
  private final String word;

  Sex(String code, String word) {
    this.code = code;
    this.word = word;
  }

  /** DICOM (0010,0040) code. */
  public String code() {
    return code;
  }

  public String word() {
    return word;
  }
}
