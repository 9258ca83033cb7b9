package io.precordia.ecg;

import java.util.Arrays;

/**
 * Digital Butterworth band-pass as second-order sections, applied forward and backward (zero
 * phase). Design: analogue prototype, low-pass to band-pass transform, bilinear transform with
 * pre-warping. Each section has one zero at DC and one at Nyquist. Edges are extended by odd
 * reflection and every section starts in the steady state of a step, which is what
 * scipy.signal.sosfiltfilt does by default. Immutable.
 */
final class Butterworth {
  private final double[][] a;
  private final double gain;

  private Butterworth(double[][] a, double gain) {
    this.a = a;
    this.gain = gain;
  }

  /**
   * @param order even prototype order
   * @param low band edges in Hz, {@code 0 < low < high < rate/2}
   */
  static Butterworth bandPass(int order, double low, double high, double rate) {
    double w1 = 2 * rate * Math.tan(Math.PI * low / rate);
    double w2 = 2 * rate * Math.tan(Math.PI * high / rate);
    double bw = w2 - w1;
    double w0sq = w1 * w2;
    double[][] a = new double[order][];
    double gain = 1;
    double k = 2 * rate;
    int n = 0;
    for (int i = 0; i < order / 2; i++) {
      double theta = Math.PI * (2 * i + 1) / (2 * order) + Math.PI / 2;
      double pr = Math.cos(theta) * bw / 2;
      double pi = Math.sin(theta) * bw / 2;
      // roots of s^2 - 2 p s + w0^2 for the complex p of the upper half plane
      double dr = pr * pr - pi * pi - w0sq;
      double di = 2 * pr * pi;
      double mag = Math.hypot(dr, di);
      double sr = Math.sqrt((mag + dr) / 2);
      double si = Math.copySign(Math.sqrt((mag - dr) / 2), di);
      for (int sign = -1; sign <= 1; sign += 2) {
        double re = pr + sign * sr;
        double im = pi + sign * si;
        double norm = (k - re) * (k - re) + im * im;
        a[n++] =
            new double[] {
              -2 * (k * k - re * re - im * im) / norm, ((k + re) * (k + re) + im * im) / norm
            };
        gain *= bw * k / norm;
      }
    }
    return new Butterworth(a, gain);
  }

  /** Samples by which {@link #zeroPhase} extends each edge. */
  int padding() {
    return 3 * (2 * a.length + 1);
  }

  /** Forward and backward pass over {@code x}; the result has its length. */
  double[] zeroPhase(double[] x) {
    int n = x.length;
    int pad = Math.min(padding(), n - 1);
    double[] e = new double[n + 2 * pad];
    for (int i = 0; i < pad; i++) {
      e[i] = 2 * x[0] - x[pad - i];
      e[n + pad + i] = 2 * x[n - 1] - x[n - 2 - i];
    }
    System.arraycopy(x, 0, e, pad, n);
    pass(e);
    reverse(e);
    pass(e);
    reverse(e);
    return Arrays.copyOfRange(e, pad, pad + n);
  }

  private void pass(double[] x) {
    // Steady state of a constant input: a zero at DC makes the output 0, so only the first section
    // sees a constant.
    double[] z1 = new double[a.length];
    double[] z2 = new double[a.length];
    z1[0] = -gain * x[0];
    z2[0] = -gain * x[0];
    // Two sections at a time: their recursions overlap in the processor, one after the other they
    // would wait.
    for (int s = 0; s + 1 < a.length; s += 2) {
      pair(x, s, z1, z2);
    }
  }

  private void pair(double[] x, int s, double[] z1, double[] z2) {
    double g = s == 0 ? gain : 1;
    double pa1 = a[s][0];
    double pa2 = a[s][1];
    double qa1 = a[s + 1][0];
    double qa2 = a[s + 1][1];
    double p1 = z1[s];
    double p2 = z2[s];
    double q1 = z1[s + 1];
    double q2 = z2[s + 1];
    for (int i = 0; i < x.length; i++) {
      double in = g * x[i];
      double mid = in + p1;
      p1 = p2 - pa1 * mid;
      p2 = -in - pa2 * mid;
      double out = mid + q1;
      q1 = q2 - qa1 * out;
      q2 = -mid - qa2 * out;
      x[i] = out;
    }
  }

  private static void reverse(double[] x) {
    for (int i = 0, j = x.length - 1; i < j; i++, j--) {
      double t = x[i];
      x[i] = x[j];
      x[j] = t;
    }
  }
}
