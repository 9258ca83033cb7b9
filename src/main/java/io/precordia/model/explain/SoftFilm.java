package io.precordia.model.explain;

/** A film without detail, to hold another against. */
final class SoftFilm {
  private static final int PASSES = 2;

  private SoftFilm() {}

  /**
   * @param image row-major, square
   * @param radius of the box mean; two passes come near a Gaussian; the border repeats nothing
   */
  static float[] of(float[] image, int side, int radius) {
    float[] out = image;
    for (int pass = 0; pass < PASSES; pass++) {
      out = lines(lines(out, side, radius, 1, side), side, radius, side, 1);
    }
    return out;
  }

  private static float[] lines(float[] in, int side, int radius, int step, int next) {
    float[] out = new float[in.length];
    for (int line = 0; line < side; line++) {
      int start = line * next;
      double sum = 0;
      int count = 0;
      for (int i = 0; i < Math.min(radius, side); i++) {
        sum += in[start + i * step];
        count++;
      }
      for (int i = 0; i < side; i++) {
        if (i + radius < side) {
          sum += in[start + (i + radius) * step];
          count++;
        }
        if (i - radius - 1 >= 0) {
          sum -= in[start + (i - radius - 1) * step];
          count--;
        }
        out[start + i * step] = (float) (sum / count);
      }
    }
    return out;
  }
}
