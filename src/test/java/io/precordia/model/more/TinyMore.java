package io.precordia.model.more;

import io.precordia.nn.DropKey;
import io.precordia.nn.EncoderConfig;
import java.util.Random;

/** A MoRE model small enough to train inside a test, and random inputs for it. */
public final class TinyMore {
  static final int SIDE = 32;

  private TinyMore() {}

  public static MoreConfig config() {
    return config(DropKey.constant(0.2));
  }

  static MoreConfig config(DropKey dropKey) {
    EncoderConfig vit = EncoderConfig.vision(32, 2, 4, dropKey);
    EncoderConfig text = new EncoderConfig(32, 2, 4, 64, 1e-6, true, false, true, DropKey.OFF);
    return new MoreConfig(
        new MoreConfig.Xray(1, SIDE, 16, 8, 0.499, 0.293, vit),
        new MoreConfig.Ecg(12, 1000, 8, vit),
        new MoreConfig.Text(50, 20, 0, 0, false, text),
        16,
        0.07);
  }

  static byte[] xrays(int n, long seed) {
    byte[] out = new byte[n * SIDE * SIDE];
    new Random(seed).nextBytes(out);
    return out;
  }

  static float[] ecgs(int n, long seed) {
    Random random = new Random(seed);
    float[] out = new float[n * 12_000];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian() / 4;
    }
    return out;
  }

  static int[][] reports(int n, long seed) {
    Random random = new Random(seed);
    int[][] out = new int[n][];
    for (int i = 0; i < n; i++) {
      out[i] = random.ints(3 + random.nextInt(10), 0, 50).toArray();
    }
    return out;
  }

  static MoreBatch batch(int n, long seed) {
    return MoreBatch.empty()
        .withXrays(xrays(n, seed))
        .withEcgs(ecgs(n, seed))
        .withReports(reports(n, seed));
  }
}
