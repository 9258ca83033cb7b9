package io.precordia.adapter.compose;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Lloyd's k-means from k-means++ seeds, the same for the same points and seed. */
final class KMeans {
  private static final int ROUNDS = 100;

  private KMeans() {}

  /**
   * Cluster of each point, every one of the k clusters non-empty.
   *
   * @param k at most the number of points
   */
  static int[] assign(List<double[]> points, int k, long seed) {
    int n = points.size();
    if (k == n) {
      int[] alone = new int[n];
      Arrays.setAll(alone, i -> i);
      return alone;
    }
    double[][] centres = seeds(points, k, new SplittableRandom(seed));
    int[] of = new int[n];
    Arrays.fill(of, -1);
    for (int round = 0; round < ROUNDS; round++) {
      int[] next = new int[n];
      for (int i = 0; i < n; i++) {
        next[i] = nearest(points.get(i), centres);
      }
      fillEmpty(points, next, centres);
      if (Arrays.equals(next, of)) {
        break;
      }
      of = next;
      centres = means(points, of, k);
    }
    return of;
  }

  /** An empty cluster takes the point farthest from its own centre, from a cluster that has two. */
  private static void fillEmpty(List<double[]> points, int[] of, double[][] centres) {
    for (int c = 0; c < centres.length; c++) {
      int[] sizes = new int[centres.length];
      for (int cluster : of) {
        sizes[cluster]++;
      }
      if (sizes[c] > 0) {
        continue;
      }
      int farthest = -1;
      for (int i = 0; i < of.length; i++) {
        if (sizes[of[i]] > 1
            && (farthest < 0
                || distance(points.get(i), centres[of[i]])
                    > distance(points.get(farthest), centres[of[farthest]]))) {
          farthest = i;
        }
      }
      of[farthest] = c;
    }
  }

  private static double[][] seeds(List<double[]> points, int k, SplittableRandom random) {
    double[][] out = new double[k][];
    double[] nearest = new double[points.size()];
    Arrays.fill(nearest, 1);
    for (int c = 0; c < k; c++) {
      double left = random.nextDouble() * Arrays.stream(nearest).sum();
      int chosen = 0;
      for (int i = 0; i < nearest.length; i++) {
        left -= nearest[i];
        if (nearest[i] > 0) {
          chosen = i;
          if (left <= 0) {
            break;
          }
        }
      }
      out[c] = points.get(chosen);
      for (int i = 0; i < nearest.length; i++) {
        double d = distance(points.get(i), out[c]);
        nearest[i] = c == 0 ? d : Math.min(nearest[i], d);
      }
    }
    return out;
  }

  private static int nearest(double[] point, double[][] centres) {
    int best = 0;
    for (int c = 1; c < centres.length; c++) {
      best = distance(point, centres[c]) < distance(point, centres[best]) ? c : best;
    }
    return best;
  }

  static double[][] means(List<double[]> points, int[] of, int k) {
    double[][] out = new double[k][points.getFirst().length];
    int[] sizes = new int[k];
    for (int i = 0; i < of.length; i++) {
      sizes[of[i]]++;
      for (int j = 0; j < out[of[i]].length; j++) {
        out[of[i]][j] += points.get(i)[j];
      }
    }
    for (int c = 0; c < k; c++) {
      for (int j = 0; j < out[c].length; j++) {
        out[c][j] /= sizes[c];
      }
    }
    return out;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return sum;
  }
}
