package io.precordia.imaging;

/**
 * Filter weights of one axis as whole numbers over 2^{@code bits}, rounded away from zero at
 * halves.
 *
 * @param first first input sample of each output sample
 */
record FixedPointTaps(int[] first, int[][] weights, int bits) {
  private static final int PILLOW_BITS = 22;
  private static final int INT16 = 1 << 15;

  /** As Pillow has them: 22 bits. */
  static FixedPointTaps pillow(Resample filter, int in, int out) {
    return of(ResizeTaps.of(filter, in, out), PILLOW_BITS);
  }

  /** As PyTorch has them: as many bits as let the largest weight fit 16 bits with its sign. */
  static FixedPointTaps torch(Resample filter, int in, int out) {
    ResizeTaps taps = ResizeTaps.of(filter, in, out);
    double largest = 0;
    for (double[] row : taps.weights()) {
      for (double w : row) {
        largest = Math.max(largest, w);
      }
    }
    int bits = 0;
    while (bits < PILLOW_BITS && (int) (0.5 + largest * (1 << (bits + 1))) < INT16) {
      bits++;
    }
    return of(taps, bits);
  }

  private static FixedPointTaps of(ResizeTaps taps, int bits) {
    int[][] fixed = new int[taps.weights().length][];
    for (int i = 0; i < fixed.length; i++) {
      double[] exact = taps.weights()[i];
      fixed[i] = new int[exact.length];
      for (int k = 0; k < exact.length; k++) {
        double w = exact[k] * (1 << bits);
        fixed[i][k] = (int) (w < 0 ? w - 0.5 : w + 0.5);
      }
    }
    return new FixedPointTaps(taps.first(), fixed, bits);
  }

  /** Output sample i of samples that lie {@code step} apart from {@code origin} on, as an octet. */
  byte octet(int i, byte[] samples, int origin, int step) {
    int[] row = weights[i];
    int at = origin + first[i] * step;
    int sum = 1 << (bits - 1);
    for (int weight : row) {
      sum += (samples[at] & 0xFF) * weight;
      at += step;
    }
    return (byte) Math.clamp(sum >> bits, 0, 255);
  }
}
