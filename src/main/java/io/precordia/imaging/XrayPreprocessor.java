package io.precordia.imaging;

import io.precordia.study.Pixels;
import java.util.Arrays;

/**
 * Decoded radiograph to model input: resize to a square (the aspect ratio is not kept, as in MoRE),
 * percentile contrast, 8 bits, normalisation. Training keeps the 8-bit form, so an image seen in
 * training and the same image in service give the same input. Thread-safe.
 */
public final class XrayPreprocessor {
  private final XrayPreprocessing constants;

  public XrayPreprocessor() {
    this(XrayPreprocessing.STANDARD);
  }

  public XrayPreprocessor(XrayPreprocessing constants) {
    this.constants = constants;
  }

  public XrayPreprocessing constants() {
    return constants;
  }

  /**
   * Grey octets [side·side], row-major, 0 black, 255 white. An image of one grey value becomes
   * mid-grey.
   */
  public byte[] octets(Pixels image) {
    int side = constants.side();
    float[] grey = TriangleResize.resize(image, side, side);
    float[] sorted = grey.clone();
    Arrays.sort(sorted);
    float low = percentile(sorted, constants.lowPercentile());
    float high = percentile(sorted, constants.highPercentile());
    byte[] out = new byte[grey.length];
    if (!(high > low)) {
      Arrays.fill(out, (byte) 128);
      return out;
    }
    float scale = 255 / (high - low);
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) Math.round(Math.clamp((grey[i] - low) * scale, 0, 255));
    }
    return out;
  }

  /** Normalised model input [side·side] of {@link #octets}. */
  public float[] prepare(Pixels image) {
    byte[] octets = octets(image);
    float[] out = new float[octets.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (((octets[i] & 0xFF) / 255.0 - constants.mean()) / constants.deviation());
    }
    return out;
  }

  /** Linear between order statistics. */
  private static float percentile(float[] sorted, double percent) {
    double at = percent / 100 * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return (float) (sorted[below] + (sorted[above] - sorted[below]) * (at - below));
  }
}
