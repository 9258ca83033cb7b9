package io.precordia.train.robust;

import java.util.SplittableRandom;

/** A way in which a film arrives worse than it was taken, applied to the model's grey octets. */
public sealed interface XrayDisturbance {
  /**
   * @param grey [side·side], not changed
   * @param random of this film
   */
  byte[] apply(byte[] grey, int side, SplittableRandom random);

  /** Additive Gaussian noise of a deviation in grey levels of 255. */
  record Noise(double deviation) implements XrayDisturbance {
    @Override
    public byte[] apply(byte[] grey, int side, SplittableRandom random) {
      byte[] out = new byte[grey.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = octet((grey[i] & 255) + deviation * random.nextGaussian());
      }
      return out;
    }
  }

  /** Reduced to {@code to}·{@code to} pixels by area means, and enlarged again bilinearly. */
  record LowResolution(int to) implements XrayDisturbance {
    @Override
    public byte[] apply(byte[] grey, int side, SplittableRandom random) {
      int block = side / to;
      float[] small = new float[to * to];
      for (int y = 0; y < to * block; y++) {
        for (int x = 0; x < to * block; x++) {
          small[y / block * to + x / block] += (grey[y * side + x] & 255) / (float) (block * block);
        }
      }
      byte[] out = new byte[grey.length];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          out[y * side + x] =
              octet(bilinear(small, to, (x + 0.5) * to / side - 0.5, (y + 0.5) * to / side - 0.5));
        }
      }
      return out;
    }
  }

  /** Black for white: a wrong photometric interpretation. */
  record WrongPolarity() implements XrayDisturbance {
    @Override
    public byte[] apply(byte[] grey, int side, SplittableRandom random) {
      byte[] out = new byte[grey.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (byte) (255 - (grey[i] & 255));
      }
      return out;
    }
  }

  /** Turned about its centre; the border goes on outwards. */
  record Rotation(double degrees) implements XrayDisturbance {
    @Override
    public byte[] apply(byte[] grey, int side, SplittableRandom random) {
      float[] values = new float[grey.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = grey[i] & 255;
      }
      double cos = Math.cos(Math.toRadians(degrees));
      double sin = Math.sin(Math.toRadians(degrees));
      double centre = (side - 1) / 2.0;
      byte[] out = new byte[grey.length];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double u = x - centre;
          double v = y - centre;
          out[y * side + x] =
              octet(bilinear(values, side, centre + u * cos - v * sin, centre + u * sin + v * cos));
        }
      }
      return out;
    }
  }

  private static byte octet(double value) {
    return (byte) Math.clamp(Math.round(value), 0, 255);
  }

  private static double bilinear(float[] values, int side, double x, double y) {
    double px = Math.clamp(x, 0, side - 1.001);
    double py = Math.clamp(y, 0, side - 1.001);
    int x0 = (int) px;
    int y0 = (int) py;
    double fx = px - x0;
    double fy = py - y0;
    int i = y0 * side + x0;
    double top = values[i] * (1 - fx) + values[i + 1] * fx;
    double bottom = values[i + side] * (1 - fx) + values[i + side + 1] * fx;
    return top * (1 - fy) + bottom * fy;
  }
}
