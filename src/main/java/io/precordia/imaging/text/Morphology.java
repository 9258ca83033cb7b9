package io.precordia.imaging.text;

/** Grey openings with a square window, separable, by the van Herk algorithm: O(1) a pixel. */
final class Morphology {
  private Morphology() {}

  /**
   * What a bright stroke narrower than the window stands above its surroundings: image minus its
   * opening (white top-hat).
   *
   * @param radius the window has 2 · radius + 1 pixels a side
   */
  static float[] topHat(float[] v, int columns, int rows, int radius) {
    float[] opened = square(square(v, columns, rows, radius, true), columns, rows, radius, false);
    float[] out = new float[v.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = v[i] - opened[i];
    }
    return out;
  }

  private static float[] square(float[] v, int columns, int rows, int radius, boolean min) {
    float[] out = new float[v.length];
    int longest = Math.max(columns, rows);
    float[] line = new float[longest];
    float[] result = new float[longest];
    int window = 2 * radius + 1;
    float[] forward = new float[longest + 2 * window];
    float[] backward = new float[longest + 2 * window];
    for (int y = 0; y < rows; y++) {
      System.arraycopy(v, y * columns, line, 0, columns);
      slide(line, columns, radius, min, forward, backward, result);
      System.arraycopy(result, 0, out, y * columns, columns);
    }
    for (int x = 0; x < columns; x++) {
      for (int y = 0; y < rows; y++) {
        line[y] = out[y * columns + x];
      }
      slide(line, rows, radius, min, forward, backward, result);
      for (int y = 0; y < rows; y++) {
        out[y * columns + x] = result[y];
      }
    }
    return out;
  }

  private static void slide(
      float[] in, int n, int radius, boolean min, float[] forward, float[] backward, float[] out) {
    int window = 2 * radius + 1;
    float pad = min ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
    int total = (n + 2 * radius + window - 1) / window * window;
    for (int i = 0; i < total; i++) {
      float value = i < radius || i >= n + radius ? pad : in[i - radius];
      forward[i] = i % window == 0 ? value : pick(forward[i - 1], value, min);
    }
    for (int i = total - 1; i >= 0; i--) {
      float value = i < radius || i >= n + radius ? pad : in[i - radius];
      backward[i] = i % window == window - 1 ? value : pick(backward[i + 1], value, min);
    }
    for (int i = 0; i < n; i++) {
      out[i] = pick(backward[i], forward[i + window - 1], min);
    }
  }

  private static float pick(float a, float b, boolean min) {
    return min ? Math.min(a, b) : Math.max(a, b);
  }
}
