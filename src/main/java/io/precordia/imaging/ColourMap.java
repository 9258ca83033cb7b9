package io.precordia.imaging;

/**
 * A perceptually uniform colour map: lightness rises evenly with the value, so it reads the same in
 * grey and for colour-blind readers. The coefficients are a polynomial fit to matplotlib's inferno
 * (Smith and van der Walt 2015), within 3 of 255.
 */
public enum ColourMap {
  INFERNO(
      new double[][] {
        {0.0002189403691192265, 0.001651004631001012, -0.01948089843709184},
        {0.1065134194856116, 0.5639564367884091, 3.932712388889277},
        {11.60249308247187, -3.972853965665698, -15.9423941062914},
        {-41.70399613139459, 17.43639888205313, 44.35414519872813},
        {77.162935699427, -33.40235894210092, -81.80730925738993},
        {-71.31942824499214, 32.62606426397723, 73.20951985803202},
        {25.13112622477341, -12.24266895238567, -23.07032500287172}
      });

  private final double[][] coefficients;

  ColourMap(double[][] coefficients) {
    this.coefficients = coefficients;
  }

  /**
   * @param value 0 to 1; beyond is limited
   * @return 0xRRGGBB
   */
  public int rgb(double value) {
    double t = Math.clamp(value, 0, 1);
    int out = 0;
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int power = coefficients.length - 1; power >= 0; power--) {
        sum = sum * t + coefficients[power][channel];
      }
      out = out << 8 | (int) Math.round(255 * Math.clamp(sum, 0, 1));
    }
    return out;
  }
}
