package io.precordia.imaging;

import io.precordia.study.Pixels;

/** A smaller film: each pixel is the mean of those that fall on it. */
public final class Reduction {
  private Reduction() {}

  /** The film itself if it is not larger. */
  public static Pixels within(Pixels film, int longestSide) {
    int longest = Math.max(film.width(), film.height());
    if (longest <= longestSide) {
      return film;
    }
    int width = Math.max(1, (int) ((long) film.width() * longestSide / longest));
    int height = Math.max(1, (int) ((long) film.height() * longestSide / longest));
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      int y0 = (int) ((long) y * film.height() / height);
      int y1 = Math.max(y0 + 1, (int) ((long) (y + 1) * film.height() / height));
      for (int x = 0; x < width; x++) {
        int x0 = (int) ((long) x * film.width() / width);
        int x1 = Math.max(x0 + 1, (int) ((long) (x + 1) * film.width() / width));
        double sum = 0;
        for (int v = y0; v < y1; v++) {
          for (int u = x0; u < x1; u++) {
            sum += film.values()[v * film.width() + u];
          }
        }
        out[y * width + x] = (float) Math.clamp(sum / ((y1 - y0) * (x1 - x0)), 0, 1);
      }
    }
    return new Pixels(width, height, out);
  }
}
