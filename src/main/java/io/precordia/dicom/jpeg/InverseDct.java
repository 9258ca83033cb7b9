package io.precordia.dicom.jpeg;

/** The inverse discrete cosine transform of 8 × 8 blocks (T.81 A.3.3). For one thread. */
final class InverseDct {
  private static final int N = 8;

  /** [frequency][sample]: C(u)/2 · cos((2x + 1)uπ/16). */
  private final float[] cosines = new float[N * N];

  private final float[] rows = new float[N * N];

  InverseDct() {
    for (int u = 0; u < N; u++) {
      for (int x = 0; x < N; x++) {
        double c = u == 0 ? Math.sqrt(0.5) : 1;
        cosines[u * N + x] = (float) (c / 2 * Math.cos((2 * x + 1) * u * Math.PI / 16));
      }
    }
  }

  /**
   * Transforms a block and levels it (A.3.1).
   *
   * @param coefficients [vertical frequency][horizontal frequency]
   * @param out gets rounded samples, cut to the range of the precision
   * @param at index of the first
   * @param stride between rows
   */
  void transform(float[] coefficients, int[] out, int at, int stride, int precision) {
    java.util.Arrays.fill(rows, 0);
    for (int v = 0; v < N; v++) {
      for (int u = 0; u < N; u++) {
        float f = coefficients[v * N + u];
        if (f != 0) {
          for (int x = 0; x < N; x++) {
            rows[v * N + x] += f * cosines[u * N + x];
          }
        }
      }
    }
    int middle = 1 << (precision - 1);
    int largest = (1 << precision) - 1;
    for (int y = 0; y < N; y++) {
      for (int x = 0; x < N; x++) {
        float sum = middle;
        for (int v = 0; v < N; v++) {
          sum += rows[v * N + x] * cosines[v * N + y];
        }
        int rounded = Math.round(sum);
        out[at + y * stride + x] = rounded < 0 ? 0 : Math.min(rounded, largest);
      }
    }
  }
}
