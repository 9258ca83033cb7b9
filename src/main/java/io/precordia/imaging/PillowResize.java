package io.precordia.imaging;

/**
 * Pillow's {@code Image.resize} of 8-bit pictures to the octet: fixed-point filters with 22
 * fractional bits, rows first and then columns (Pillow, Resample.c); nearest as in Geometry.c.
 */
public final class PillowResize {
  private PillowResize() {}

  /** The picture itself if it has that size already. */
  public static Picture resize(Picture picture, int width, int height, Resample filter) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    return filter == Resample.NEAREST
        ? picked(picture, nearest(picture.width(), width), nearest(picture.height(), height))
        : FixedPointResize.resize(picture, width, height, filter, FixedPointTaps::pillow);
  }

  /** The samples at these columns and rows. */
  static Picture picked(Picture in, int[] columns, int[] rows) {
    int width = columns.length;
    int height = rows.length;
    int channels = in.channels();
    byte[] out = new byte[width * height * channels];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = (rows[y] * in.width() + columns[x]) * channels;
        System.arraycopy(in.samples(), from, out, (y * width + x) * channels, channels);
      }
    }
    return new Picture(width, height, channels, out);
  }

  private static int[] nearest(int in, int out) {
    int[] at = new int[out];
    double scale = (double) in / out;
    // Steps are added up as Pillow does: a product would round otherwise here and there.
    double x = scale * 0.5;
    for (int i = 0; i < out; i++) {
      at[i] = Math.min(in - 1, (int) x);
      x += scale;
    }
    return at;
  }
}
