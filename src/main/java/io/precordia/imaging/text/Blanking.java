package io.precordia.imaging.text;

import java.util.Arrays;

/** Overwrites rectangles with one value each, so that nothing of what was there remains. */
public final class Blanking {
  private Blanking() {}

  /**
   * Fills a rectangle with the median of the pixels around it.
   *
   * @param values row-major plane of the picture, changed in place
   */
  public static void fill(float[] values, int columns, int rows, TextBox box) {
    // Order is all that a median needs: 1/65536 of the range of 0 to 1 is finer than any display.
    int[] scaled = new int[values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.round(values[i] * 65536);
    }
    fill(scaled, columns, rows, box);
    float value = scaled[box.y() * columns + box.x()] / 65536f;
    for (int y = box.y(); y < box.bottom(); y++) {
      Arrays.fill(values, y * columns + box.x(), y * columns + box.right(), value);
    }
  }

  /**
   * Fills a rectangle with the median of the pixels around it.
   *
   * @param values row-major plane of the picture, changed in place
   */
  public static void fill(int[] values, int columns, int rows, TextBox box) {
    TextBox ring = box.grown(2, 2, columns, rows);
    int[] around = new int[ring.width() * ring.height()];
    int n = 0;
    for (int y = ring.y(); y < ring.bottom(); y++) {
      for (int x = ring.x(); x < ring.right(); x++) {
        boolean inside = x >= box.x() && x < box.right() && y >= box.y() && y < box.bottom();
        if (!inside) {
          around[n++] = values[y * columns + x];
        }
      }
    }
    Arrays.sort(around, 0, n);
    int value = n == 0 ? 0 : around[n / 2];
    for (int y = box.y(); y < box.bottom(); y++) {
      Arrays.fill(values, y * columns + box.x(), y * columns + box.right(), value);
    }
  }
}
