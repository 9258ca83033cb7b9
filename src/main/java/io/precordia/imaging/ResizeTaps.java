package io.precordia.imaging;

/**
 * Which input samples make each output sample of one axis, and with what weight (sum 1). The filter
 * is as wide as the reduction, so that detail is averaged and not aliased.
 *
 * @param first first input sample of each output sample
 * @param weights of that sample and those behind it
 */
public record ResizeTaps(int[] first, double[][] weights) {
  /** {@code filter} is any but {@link Resample#NEAREST}. */
  public static ResizeTaps of(Resample filter, int in, int out) {
    double scale = (double) in / out;
    double stretch = Math.max(1, scale);
    double support = filter.support() * stretch;
    double inverse = 1 / stretch;
    int[] first = new int[out];
    double[][] weights = new double[out][];
    for (int i = 0; i < out; i++) {
      double centre = (i + 0.5) * scale;
      // Casts cut toward zero here, as in C, which differs from floor below zero.
      int from = Math.max(0, (int) (centre - support + 0.5));
      int to = Math.min(in, (int) (centre + support + 0.5));
      double[] w = new double[to - from];
      double sum = 0;
      for (int k = 0; k < w.length; k++) {
        w[k] = filter.weight((k + from - centre + 0.5) * inverse);
        sum += w[k];
      }
      for (int k = 0; k < w.length && sum != 0; k++) {
        w[k] /= sum;
      }
      first[i] = from;
      weights[i] = w;
    }
    return new ResizeTaps(first, weights);
  }
}
