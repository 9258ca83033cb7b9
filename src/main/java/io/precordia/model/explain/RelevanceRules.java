package io.precordia.model.explain;

import io.precordia.tensor.Activation;
import io.precordia.tensor.Ops;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Layer-wise relevance propagation (Bach et al. 2015) with the rules of specification 1.9, α = 1.
 * Relevance lives on the host, row-major; products run on the backend. A quotient by (nearly) zero
 * is zero. Thread-safe.
 */
public final class RelevanceRules {
  private static final double NOTHING = 1e-9;
  private final Ops ops;

  public RelevanceRules(Ops ops) {
    this.ops = ops;
  }

  /**
   * Linear layer without its bias: only products of equal sign count.
   *
   * @param x [rows·in]
   * @param weight [out, in] on the device
   * @param relevance [rows·out]
   * @return [rows·in]
   */
  public float[] linear(float[] x, Tensor weight, float[] relevance) {
    long in = weight.size(1);
    long out = weight.size(0);
    long rows = x.length / in;
    try (Scope scope = ops.scope()) {
      Tensor all = ops.upload(x, rows, in);
      Tensor plus = ops.activation(all, Activation.RELU);
      Tensor minus = ops.subtract(all, plus);
      Tensor weightPlus = ops.activation(weight, Activation.RELU);
      Tensor weightMinus = ops.subtract(weight, weightPlus);
      float[] z =
          ops.download(
              ops.add(ops.matmul(plus, weightPlus, true), ops.matmul(minus, weightMinus, true)));
      Tensor share = ops.upload(quotient(relevance, z), rows, out);
      return ops.download(
          ops.add(
              ops.multiply(plus, ops.matmul(share, weightPlus, false)),
              ops.multiply(minus, ops.matmul(share, weightMinus, false))));
    }
  }

  /**
   * Product a·b of matrices per head: the z-rule for each operand, then both halved.
   *
   * @param a [heads·m·k]
   * @param b [heads·k·n]
   * @param relevance [heads·m·n]
   * @return relevance of a and of b
   */
  public float[][] product(
      float[] a, float[] b, float[] relevance, long heads, long m, long k, long n) {
    try (Scope scope = ops.scope()) {
      Tensor left = ops.upload(a, heads, m, k);
      Tensor right = ops.upload(b, heads, k, n);
      float[] z = ops.download(ops.matmul(left, right, false));
      Tensor share = ops.upload(quotient(relevance, z), heads, m, n);
      Tensor toLeft = ops.multiply(left, ops.matmul(share, right, true));
      Tensor toRight = ops.multiply(right, ops.matmul(ops.permute(left, 0, 2, 1), share, false));
      return new float[][] {
        ops.download(ops.affine(toLeft, 0.5, 0)), ops.download(ops.affine(toRight, 0.5, 0))
      };
    }
  }

  /**
   * Residual sum a + b: the z-rule, then each operand is rescaled to a share of the incoming total
   * proportional to its absolute total.
   *
   * @return relevance of a and of b; together as much as came in
   */
  public static float[][] residual(float[] a, float[] b, float[] relevance) {
    float[] toA = new float[a.length];
    float[] toB = new float[a.length];
    double total = 0;
    double sumA = 0;
    double sumB = 0;
    for (int i = 0; i < a.length; i++) {
      double share = quotient(relevance[i], a[i] + b[i]);
      toA[i] = (float) (a[i] * share);
      toB[i] = (float) (b[i] * share);
      sumA += toA[i];
      sumB += toB[i];
      total += relevance[i];
    }
    double weight = Math.abs(sumA) + Math.abs(sumB);
    scale(toA, quotient(quotient(Math.abs(sumA), weight) * total, sumA));
    scale(toB, quotient(quotient(Math.abs(sumB), weight) * total, sumB));
    return new float[][] {toA, toB};
  }

  /**
   * One tensor used twice: what came back to each use, x ⊙ Σ (R/x), which is nothing where x is.
   */
  public static float[] split(float @Nullable [] x, float[] first, float[] second) {
    float[] out = new float[first.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x != null && Math.abs(x[i]) < NOTHING ? 0 : first[i] + second[i];
    }
    return out;
  }

  private static void scale(float[] values, double by) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) by;
    }
  }

  private static float[] quotient(float[] a, float[] b) {
    float[] out = new float[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) quotient(a[i], b[i]);
    }
    return out;
  }

  private static double quotient(double a, double b) {
    return Math.abs(b) < NOTHING ? 0 : a / b;
  }
}
