package io.precordia.imaging;

/** Two passes over an 8-bit picture, across and then down, each rounded and clipped to 8 bits. */
final class FixedPointResize {
  /** Weights for one axis. */
  interface Taps {
    FixedPointTaps of(Resample filter, int in, int out);
  }

  private FixedPointResize() {}

  static Picture resize(Picture picture, int width, int height, Resample filter, Taps taps) {
    Picture across =
        picture.width() == width
            ? picture
            : across(picture, width, taps.of(filter, picture.width(), width));
    return picture.height() == height
        ? across
        : down(across, height, taps.of(filter, picture.height(), height));
  }

  private static Picture across(Picture in, int width, FixedPointTaps taps) {
    int channels = in.channels();
    byte[] out = new byte[width * in.height() * channels];
    int at = 0;
    for (int y = 0; y < in.height(); y++) {
      int row = y * in.width() * channels;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          out[at++] = taps.octet(x, in.samples(), row + c, channels);
        }
      }
    }
    return new Picture(width, in.height(), channels, out);
  }

  private static Picture down(Picture in, int height, FixedPointTaps taps) {
    int stride = in.width() * in.channels();
    byte[] out = new byte[stride * height];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = taps.octet(y, in.samples(), i, stride);
      }
    }
    return new Picture(in.width(), height, in.channels(), out);
  }
}
