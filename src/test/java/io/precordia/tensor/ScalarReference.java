package io.precordia.tensor;

import org.jspecify.annotations.Nullable;

/** Plain loops in double precision: what every backend must compute. */
final class ScalarReference {
  private ScalarReference() {}

  /** x [rows, in]·weight[out, in]ᵀ + bias. */
  static double[] linear(
      float[] x, int rows, int in, float[] weight, int out, float @Nullable [] bias) {
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        double sum = bias == null ? 0 : bias[o];
        for (int i = 0; i < in; i++) {
          sum += (double) x[r * in + i] * weight[o * in + i];
        }
        y[r * out + o] = sum;
      }
    }
    return y;
  }

  static double activation(double x, Activation f) {
    return switch (f) {
      case IDENTITY -> x;
      case RELU -> Math.max(0, x);
      case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
      case GELU_TANH ->
          0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case QUICK_GELU -> x / (1 + Math.exp(-1.702 * x));
      case SILU -> x / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
    };
  }

  /** Simpson's rule over the integral, far below fp32's rounding for |x| up to 10. */
  private static double erf(double x) {
    int steps = 4000;
    double h = x / steps;
    double sum = 1 + Math.exp(-x * x);
    for (int i = 1; i < steps; i++) {
      sum += (i % 2 == 1 ? 4 : 2) * Math.exp(-i * h * i * h);
    }
    return 2 / Math.sqrt(Math.PI) * sum * h / 3;
  }

  /**
   * Shapes as {@link Ops#attention}; mask [n, keys] or null, bias [heads, queries, keys] or null.
   */
  static double[] attention(
      float[] q,
      float[] k,
      float[] v,
      int n,
      int tq,
      int tk,
      int heads,
      int kvHeads,
      int hd,
      double scale,
      float @Nullable [] mask,
      boolean causal,
      float @Nullable [] bias) {
    double[] out = new double[n * tq * heads * hd];
    for (int b = 0; b < n; b++) {
      for (int h = 0; h < heads; h++) {
        int g = h / (heads / kvHeads);
        for (int i = 0; i < tq; i++) {
          double[] s = new double[tk];
          double max = Double.NEGATIVE_INFINITY;
          for (int j = 0; j < tk; j++) {
            boolean hidden = mask != null && mask[b * tk + j] == 0 || causal && j > i + tk - tq;
            double dot = 0;
            for (int d = 0; d < hd; d++) {
              dot +=
                  (double) q[((b * tq + i) * heads + h) * hd + d]
                      * k[((b * tk + j) * kvHeads + g) * hd + d];
            }
            s[j] =
                hidden
                    ? Double.NEGATIVE_INFINITY
                    : dot * scale + (bias == null ? 0 : bias[(h * tq + i) * tk + j]);
            max = Math.max(max, s[j]);
          }
          double total = 0;
          for (int j = 0; j < tk; j++) {
            s[j] = Math.exp(s[j] - max);
            total += s[j];
          }
          for (int d = 0; d < hd; d++) {
            double sum = 0;
            for (int j = 0; j < tk; j++) {
              sum += s[j] / total * v[((b * tk + j) * kvHeads + g) * hd + d];
            }
            out[((b * tq + i) * heads + h) * hd + d] = sum;
          }
        }
      }
    }
    return out;
  }

  static double[] layerNorm(
      float[] x, int rows, int d, float[] weight, float[] bias, double eps, boolean rms) {
    double[] y = new double[x.length];
    for (int r = 0; r < rows; r++) {
      double mean = 0;
      for (int i = 0; i < d && !rms; i++) {
        mean += x[r * d + i] / (double) d;
      }
      double square = 0;
      for (int i = 0; i < d; i++) {
        square += (x[r * d + i] - mean) * (x[r * d + i] - mean) / d;
      }
      for (int i = 0; i < d; i++) {
        y[r * d + i] =
            (x[r * d + i] - mean) / Math.sqrt(square + eps) * weight[i] + (rms ? 0 : bias[i]);
      }
    }
    return y;
  }

  /** Valid convolution of [n, t, in] with weight [out, in, kernel], to [n, frames, out]. */
  static double[] conv1d(
      float[] x,
      int n,
      int t,
      int in,
      float[] weight,
      int out,
      int kernel,
      int stride,
      float[] bias) {
    int frames = (t - kernel) / stride + 1;
    double[] y = new double[n * frames * out];
    for (int b = 0; b < n; b++) {
      for (int f = 0; f < frames; f++) {
        for (int o = 0; o < out; o++) {
          double sum = bias[o];
          for (int c = 0; c < in; c++) {
            for (int j = 0; j < kernel; j++) {
              sum +=
                  (double) x[(b * t + f * stride + j) * in + c] * weight[(o * in + c) * kernel + j];
            }
          }
          y[(b * frames + f) * out + o] = sum;
        }
      }
    }
    return y;
  }

  static double crossEntropy(
      float[] logits, int rows, int classes, int[] targets, float @Nullable [] excluded) {
    double total = 0;
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum +=
            excluded != null && excluded[r * classes + c] == 1
                ? 0
                : Math.exp(logits[r * classes + c]);
      }
      total += Math.log(sum) - logits[r * classes + targets[r]];
    }
    return total / rows;
  }
}
