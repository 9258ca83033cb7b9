package io.precordia.train.realism;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Simple statistics of a prepared film: moments of its grey values, how fast its spectrum falls
 * (natural images: power about 1/f², slope −2; Field, JOSA A 1987), and how many edges it has.
 */
final class FilmStatistics {
  /** Cycles per side between which the slope is fitted: above the outline, below the noise. */
  private static final int LOW = 4;

  private static final int HIGH = 64;

  /** Sobel magnitude, in grey levels per pixel, from which a pixel counts as an edge. */
  private static final double EDGE = 12;

  private FilmStatistics() {}

  /**
   * @param octets [side·side]
   */
  static Map<String, Double> of(byte[] octets, int side) {
    Map<String, Double> out = new LinkedHashMap<>();
    double mean = 0;
    for (byte b : octets) {
      mean += (b & 0xFF) / (double) octets.length;
    }
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (byte b : octets) {
      double d = (b & 0xFF) - mean;
      second += d * d / octets.length;
      third += d * d * d / octets.length;
      fourth += d * d * d * d / octets.length;
    }
    double deviation = Math.sqrt(Math.max(1e-9, second));
    out.put("mean grey", mean);
    out.put("deviation of grey", deviation);
    out.put("skewness", third / (deviation * deviation * deviation));
    out.put("kurtosis", fourth / (second * second + 1e-9));
    out.put("spectrum slope", slope(octets, side));
    out.put("edge density", edges(octets, side));
    return out;
  }

  /** Slope of log power over log frequency, of the mean periodogram of all rows. */
  private static double slope(byte[] octets, int side) {
    double[] cosines = new double[side];
    double[] sines = new double[side];
    for (int i = 0; i < side; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / side);
      sines[i] = Math.sin(2 * Math.PI * i / side);
    }
    int high = Math.min(HIGH, side / 2 - 1);
    double[] power = new double[high + 1];
    for (int y = 0; y < side; y++) {
      for (int f = LOW; f <= high; f++) {
        double re = 0;
        double im = 0;
        for (int x = 0; x < side; x++) {
          int v = octets[y * side + x] & 0xFF;
          int phase = f * x % side;
          re += v * cosines[phase];
          im -= v * sines[phase];
        }
        power[f] += re * re + im * im;
      }
    }
    double n = high - LOW + 1.0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    for (int f = LOW; f <= high; f++) {
      double x = Math.log(f);
      double y = Math.log(power[f] + 1e-9);
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
  }

  private static double edges(byte[] octets, int side) {
    int count = 0;
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int at = y * side + x;
        double dx = 0;
        double dy = 0;
        for (int k = -1; k <= 1; k++) {
          int weight = k == 0 ? 2 : 1;
          dx += weight * (grey(octets, at + k * side + 1) - grey(octets, at + k * side - 1));
          dy += weight * (grey(octets, at + side + k) - grey(octets, at - side + k));
        }
        count += Math.hypot(dx, dy) / 8 >= EDGE ? 1 : 0;
      }
    }
    return count / ((side - 2.0) * (side - 2.0));
  }

  private static int grey(byte[] octets, int at) {
    return octets[at] & 0xFF;
  }
}
