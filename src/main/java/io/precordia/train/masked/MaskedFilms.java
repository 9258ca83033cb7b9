package io.precordia.train.masked;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Radiographs with blocks of patches greyed out, and what was there. Two by two patches go
 * together, so that a patch is not a mere continuation of its neighbours (SimMIM, Xie et al., CVPR
 * 2022: blocks of 32 pixels, 60 %). A patch's pixels are normalised by their own mean and
 * deviation, so that faint structure counts as much as strong (MAE, He et al., CVPR 2022).
 *
 * @param octets [n·side·side], hidden patches at the given grey
 * @param targets [n·patches·patch²], normalised pixels of every patch in raster order
 * @param hidden [n·patches], 1 where a patch is hidden
 */
record MaskedFilms(byte[] octets, float[] targets, float[] hidden) {
  private static final int BLOCK = 2;
  private static final double FLAT = 1.0;

  /**
   * @param grey octet that stands for "nothing", the mean of the model's preparation
   * @param ratio share of blocks to hide, above 0 and below 1
   */
  static MaskedFilms of(
      byte[] octets, int side, int patch, int grey, double ratio, SplittableRandom random) {
    int n = octets.length / (side * side);
    int across = side / patch;
    int blocks = (across + BLOCK - 1) / BLOCK;
    byte[] out = octets.clone();
    float[] targets = new float[octets.length];
    float[] hidden = new float[n * across * across];
    for (int i = 0; i < n; i++) {
      boolean[] gone = Choice.of(blocks * blocks, ratio, random);
      for (int p = 0; p < across * across; p++) {
        int top = p / across * patch;
        int left = p % across * patch;
        int from = i * side * side + top * side + left;
        target(octets, from, side, patch, targets, (i * across * across + p) * patch * patch);
        if (gone[p / across / BLOCK * blocks + p % across / BLOCK]) {
          hidden[i * across * across + p] = 1;
          for (int y = 0; y < patch; y++) {
            Arrays.fill(out, from + y * side, from + y * side + patch, (byte) grey);
          }
        }
      }
    }
    return new MaskedFilms(out, targets, hidden);
  }

  private static void target(
      byte[] octets, int from, int side, int patch, float[] targets, int to) {
    double sum = 0;
    double square = 0;
    int count = patch * patch;
    for (int k = 0; k < count; k++) {
      int v = octets[from + k / patch * side + k % patch] & 0xFF;
      sum += v;
      square += (double) v * v;
    }
    double mean = sum / count;
    // An empty patch has no deviation to divide by: one grey level stands for it.
    double deviation = Math.max(FLAT, Math.sqrt(Math.max(0, square / count - mean * mean)));
    for (int k = 0; k < count; k++) {
      int v = octets[from + k / patch * side + k % patch] & 0xFF;
      targets[to + k] = (float) ((v - mean) / deviation);
    }
  }
}
