package io.precordia.adapter.algebra;

/** QR by Householder reflections (Golub and Van Loan, algorithm 5.2.1), reflections kept. */
final class HouseholderQr {
  private final int rows;
  private final int count;
  private final Matrix reduced;
  private final double[][] reflections;

  HouseholderQr(Matrix a) {
    this.rows = a.rows();
    this.count = Math.min(a.rows(), a.columns());
    this.reduced = new Matrix(a.rows(), a.columns(), a.values().clone());
    this.reflections = new double[count][];
    for (int k = 0; k < count; k++) {
      reflections[k] = reflection(k);
      apply(reflections[k], k, reduced, k);
    }
  }

  /**
   * Unit vector of the reflection that clears column k below the diagonal; zeros if none needed.
   */
  private double[] reflection(int k) {
    double[] v = new double[rows - k];
    double largest = 0;
    for (int i = 0; i < v.length; i++) {
      v[i] = reduced.get(k + i, k);
      largest = Math.max(largest, Math.abs(v[i]));
    }
    if (largest == 0) {
      return v;
    }
    double norm = 0;
    for (int i = 0; i < v.length; i++) {
      // Scaled, so that squares neither overflow nor vanish.
      v[i] /= largest;
      norm += v[i] * v[i];
    }
    v[0] += Math.copySign(Math.sqrt(norm), v[0]);
    double length = 0;
    for (double x : v) {
      length += x * x;
    }
    length = Math.sqrt(length);
    for (int i = 0; i < v.length; i++) {
      v[i] /= length;
    }
    return v;
  }

  /** target ← (I − 2vvᵀ)·target over rows from k, columns from {@code first}. */
  private static void apply(double[] v, int k, Matrix target, int first) {
    for (int j = first; j < target.columns(); j++) {
      double dot = 0;
      for (int i = 0; i < v.length; i++) {
        dot += v[i] * target.get(k + i, j);
      }
      for (int i = 0; i < v.length; i++) {
        target.set(k + i, j, target.get(k + i, j) - 2 * dot * v[i]);
      }
    }
  }

  /** Columns from (inclusive) to (exclusive) of the full orthogonal factor [m, m]. */
  Matrix q(int from, int to) {
    Matrix out = Matrix.zeros(rows, to - from);
    for (int j = from; j < to; j++) {
      out.set(j, j - from, 1);
    }
    for (int k = count - 1; k >= 0; k--) {
      apply(reflections[k], k, out, 0);
    }
    return out;
  }

  /** The upper triangle [min(m, n), n]. */
  Matrix r() {
    Matrix out = Matrix.zeros(count, reduced.columns());
    for (int i = 0; i < count; i++) {
      for (int j = i; j < reduced.columns(); j++) {
        out.set(i, j, reduced.get(i, j));
      }
    }
    return out;
  }
}
