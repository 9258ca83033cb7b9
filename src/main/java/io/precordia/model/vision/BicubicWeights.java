package io.precordia.model.vision;

import io.precordia.imaging.Resample;
import io.precordia.imaging.ResizeTaps;

/** Matrices [out, in], row-major, that resize one axis of a grid as PyTorch's bicubic modes do. */
final class BicubicWeights {
  /** Keys' parameter, −0.75 where PyTorch does not antialias. */
  private static final double A = -0.75;

  private BicubicWeights() {}

  /** Without antialiasing, half-pixel centres, edges repeated. */
  static float[] plain(int in, int out) {
    float[] weights = new float[out * in];
    double scale = (double) in / out;
    for (int i = 0; i < out; i++) {
      double at = (i + 0.5) * scale - 0.5;
      int floor = (int) Math.floor(at);
      for (int tap = -1; tap <= 2; tap++) {
        int j = Math.clamp(floor + tap, 0, in - 1);
        weights[i * in + j] += (float) keys(Math.abs(at - floor - tap));
      }
    }
    return weights;
  }

  /** With antialiasing: Pillow's bicubic filter, as wide as the reduction. */
  static float[] antialiased(int in, int out) {
    ResizeTaps taps = ResizeTaps.of(Resample.BICUBIC, in, out);
    float[] weights = new float[out * in];
    for (int i = 0; i < out; i++) {
      double[] w = taps.weights()[i];
      for (int k = 0; k < w.length; k++) {
        weights[i * in + taps.first()[i] + k] = (float) w[k];
      }
    }
    return weights;
  }

  private static double keys(double x) {
    if (x <= 1) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }
    return x < 2 ? ((x - 5) * x + 8) * x * A - 4 * A : 0;
  }
}
