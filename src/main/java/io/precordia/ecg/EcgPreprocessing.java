package io.precordia.ecg;

/**
 * The constants of the signal chain. They travel with the weights: a model takes only signals
 * prepared with the constants it was trained on.
 *
 * @param name stable name for provenance
 * @param lowHz lower band edge (-3 dB per pass)
 * @param highHz upper band edge
 * @param order Butterworth prototype order; the band-pass has twice as many poles
 * @param rateHz samples per second of the model input
 * @param samples samples per lead of the model input
 * @param clip largest magnitude of a z-score
 * @param shortestSeconds shortest recording that is padded to a window
 */
public record EcgPreprocessing(
    String name,
    double lowHz,
    double highHz,
    int order,
    double rateHz,
    int samples,
    double clip,
    double shortestSeconds) {
  /**
   * Band-pass 0.5-40 Hz, zero phase, per-lead z-score over the window, 100 Hz, 10 s: the chain of
   * the PTB-XL training array.
   */
  public static final EcgPreprocessing STANDARD =
      new EcgPreprocessing("ecg-bp0.5-40-z-100hz-v1", 0.5, 40, 4, 100, 1000, 20, 2.5);

  /** Length of the window in seconds. */
  public double seconds() {
    return samples / rateHz;
  }
}
