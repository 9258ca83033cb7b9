package io.precordia.imaging;

/**
 * Pillow's {@code Image.resize} of 8-bit pictures to the octet: fixed-point filters with 22
 * fractional bits, rows first, rounded and clipped to 8 bits, then columns (Pillow, Resample.c);
 * nearest as in Geometry.c.
 */
public final class PillowResize {
  private static final int PRECISION_BITS = 22;
  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private PillowResize() {}

  /** The picture itself if it has that size already. */
  public static Picture resize(Picture picture, int width, int height, Resample filter) {
    if (picture.width() == width && picture.height() == height) {
      return picture;
    }
    if (filter == Resample.NEAREST) {
      return nearest(picture, width, height);
    }
    Picture across = picture.width() == width ? picture : across(picture, width, filter);
    return picture.height() == height ? across : down(across, height, filter);
  }

  private static Picture across(Picture in, int width, Resample filter) {
    ResizeTaps taps = ResizeTaps.of(filter, in.width(), width);
    int[][] fixed = fixedPoint(taps.weights());
    int channels = in.channels();
    byte[] samples = in.samples();
    byte[] out = new byte[width * in.height() * channels];
    for (int y = 0; y < in.height(); y++) {
      for (int x = 0; x < width; x++) {
        int from = (y * in.width() + taps.first()[x]) * channels;
        for (int c = 0; c < channels; c++) {
          out[(y * width + x) * channels + c] = sum(samples, from + c, channels, fixed[x]);
        }
      }
    }
    return new Picture(width, in.height(), channels, out);
  }

  private static Picture down(Picture in, int height, Resample filter) {
    ResizeTaps taps = ResizeTaps.of(filter, in.height(), height);
    int[][] fixed = fixedPoint(taps.weights());
    int stride = in.width() * in.channels();
    byte[] out = new byte[stride * height];
    for (int y = 0; y < height; y++) {
      int from = taps.first()[y] * stride;
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = sum(in.samples(), from + i, stride, fixed[y]);
      }
    }
    return new Picture(in.width(), height, in.channels(), out);
  }

  private static byte sum(byte[] samples, int from, int step, int[] weights) {
    int sum = HALF;
    for (int k = 0; k < weights.length; k++) {
      sum += (samples[from + k * step] & 0xFF) * weights[k];
    }
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
  }

  /** Weights times 2²², rounded away from zero at halves. */
  private static int[][] fixedPoint(double[][] weights) {
    int[][] out = new int[weights.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = new int[weights[i].length];
      for (int k = 0; k < out[i].length; k++) {
        double w = weights[i][k] * (1 << PRECISION_BITS);
        out[i][k] = (int) (w < 0 ? w - 0.5 : w + 0.5);
      }
    }
    return out;
  }

  private static Picture nearest(Picture in, int width, int height) {
    int[] columns = nearest(in.width(), width);
    int[] rows = nearest(in.height(), height);
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
