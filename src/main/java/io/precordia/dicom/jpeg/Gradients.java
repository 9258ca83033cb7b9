package io.precordia.dicom.jpeg;

/** Quantized local gradients (T.87 A.3.3), by a table of all differences. Thread-safe. */
final class Gradients {
  private final byte[] regions;
  private final int middle;

  Gradients(CodingParameters p) {
    this.middle = p.maxval();
    this.regions = new byte[2 * middle + 1];
    for (int d = -middle; d <= middle; d++) {
      int magnitude = Math.abs(d);
      int region;
      if (magnitude <= p.near()) {
        region = 0;
      } else if (magnitude < p.t1()) {
        region = 1;
      } else if (magnitude < p.t2()) {
        region = 2;
      } else {
        region = magnitude < p.t3() ? 3 : 4;
      }
      regions[d + middle] = (byte) (d < 0 ? -region : region);
    }
  }

  /**
   * The context of a sample (A.3.4) with its sign, -364 to 364; 0 begins a run.
   *
   * @param a left
   * @param b above
   * @param c above on the left
   * @param d above on the right
   */
  int context(int a, int b, int c, int d) {
    return 81 * regions[d - b + middle] + 9 * regions[b - c + middle] + regions[c - a + middle];
  }
}
