package io.precordia.train.baseline;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * R peaks at 100 samples a second: local maxima of the smoothed total slope above a share of its
 * 98th percentile, at least 250 ms apart, the larger of two near ones winning (a short form of Pan
 * and Tompkins 1985).
 *
 * @param slope sum over leads of the absolute slope
 */
record RPeaks(double[] slope) {
  private static final int HALF_WINDOW = 4;
  private static final int APART = 25;
  private static final double SHARE = 0.4;

  /** In ascending order; one in the middle if nothing stands out. */
  int[] find() {
    double[] smooth = smoothed();
    double[] sorted = smooth.clone();
    Arrays.sort(sorted);
    double threshold = SHARE * sorted[(int) (0.98 * (sorted.length - 1))];
    int[] order =
        IntStream.range(1, smooth.length - 1)
            .filter(
                t ->
                    smooth[t] > threshold
                        && smooth[t] >= smooth[t - 1]
                        && smooth[t] > smooth[t + 1])
            .boxed()
            .sorted((a, b) -> Double.compare(smooth[b], smooth[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    boolean[] taken = new boolean[smooth.length];
    for (int t : order) {
      boolean free = true;
      for (int u = Math.max(0, t - APART); u <= Math.min(taken.length - 1, t + APART); u++) {
        free &= !taken[u];
      }
      taken[t] |= free;
    }
    int[] peaks = IntStream.range(0, taken.length).filter(t -> taken[t]).toArray();
    return peaks.length == 0 ? new int[] {smooth.length / 2} : peaks;
  }

  private double[] smoothed() {
    double[] out = new double[slope.length];
    for (int t = 0; t < out.length; t++) {
      int from = Math.max(0, t - HALF_WINDOW);
      int to = Math.min(slope.length, t + HALF_WINDOW + 1);
      for (int u = from; u < to; u++) {
        out[t] += slope[u] / (to - from);
      }
    }
    return out;
  }
}
