package io.precordia.imaging;

/**
 * The constants from a decoded radiograph to model input. They travel with the weights: a model
 * takes only images prepared with the constants it was trained on.
 *
 * @param name stable name for provenance
 * @param side columns and rows of the model input
 * @param lowPercentile grey value that becomes black, as a percentile of the resized image
 * @param highPercentile grey value that becomes white
 * @param mean subtracted from the grey value in [0, 1]
 * @param deviation divides the difference
 */
public record XrayPreprocessing(
    String name,
    int side,
    double lowPercentile,
    double highPercentile,
    double mean,
    double deviation) {
  /** 224 x 224, 0.5 and 99.5 percentile, MoRE's mean and deviation (specification 1.3). */
  public static final XrayPreprocessing STANDARD =
      new XrayPreprocessing("xray-224-p0.5-99.5-v1", 224, 0.5, 99.5, 0.499, 0.293);

  public XrayPreprocessing {
    if (side < 1
        || !(lowPercentile >= 0 && lowPercentile < highPercentile && highPercentile <= 100)
        || !(deviation > 0)) {
      throw new IllegalArgumentException("X-ray preprocessing: constants out of range");
    }
  }
}
