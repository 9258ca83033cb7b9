package io.precordia.train.explain;

import io.precordia.train.metrics.AveragePrecision;

/** How well a map agrees with a mask of the same size. */
final class MapScores {
  private MapScores() {}

  /**
   * The pointing game (Zhang et al., ECCV 2016): whether the largest value lies inside the mask, or
   * at most {@code tolerance} pixels from it.
   *
   * @param map row-major, [side·side]
   */
  static boolean points(float[] map, boolean[] mask, int side, int tolerance) {
    int best = 0;
    for (int i = 1; i < map.length; i++) {
      best = map[i] > map[best] ? i : best;
    }
    int row = best / side;
    int column = best % side;
    for (int y = Math.max(0, row - tolerance); y <= Math.min(side - 1, row + tolerance); y++) {
      for (int x = Math.max(0, column - tolerance);
          x <= Math.min(side - 1, column + tolerance);
          x++) {
        int apart = (y - row) * (y - row) + (x - column) * (x - column);
        if (apart <= tolerance * tolerance && mask[y * side + x]) {
          return map[best] > 0;
        }
      }
    }
    return false;
  }

  /** Area under the precision-recall curve of the map's pixels against the mask. */
  static double averagePrecision(float[] map, boolean[] mask) {
    double[] scores = new double[map.length];
    for (int i = 0; i < map.length; i++) {
      scores[i] = map[i];
    }
    return AveragePrecision.of(scores, mask);
  }

  /**
   * Share of the relevance inside the mask over the mask's share of the map: 1 for a uniform map.
   *
   * @return 0 for a map without relevance
   */
  static double overUniform(float[][] map, boolean[][] mask) {
    double inside = 0;
    double total = 0;
    for (int l = 0; l < map.length; l++) {
      for (int k = 0; k < map[l].length; k++) {
        total += map[l][k];
        inside += mask[l][k] ? map[l][k] : 0;
      }
    }
    return total > 0 ? inside / total / share(mask) : 0;
  }

  /** Share of a mask that is true. */
  static double share(boolean[][] mask) {
    int count = 0;
    int all = 0;
    for (boolean[] row : mask) {
      for (boolean b : row) {
        count += b ? 1 : 0;
        all++;
      }
    }
    return (double) count / all;
  }
}
