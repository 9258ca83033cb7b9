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

  /** Mean of each cell and its eight neighbours with weights 1-2-1 each way. */
  static float[] binomial(float[] map, int side) {
    float[] out = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      float sum = 0;
      float weight = 0;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int y = i / side + dy;
          int x = i % side + dx;
          if (y >= 0 && x >= 0 && y < side && x < side) {
            float w = (2 - Math.abs(dy)) * (2 - Math.abs(dx));
            sum += w * map[y * side + x];
            weight += w;
          }
        }
      }
      out[i] = sum / weight;
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
