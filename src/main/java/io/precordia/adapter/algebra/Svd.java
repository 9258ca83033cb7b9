package io.precordia.adapter.algebra;

/**
 * U·diag(s)·Vᵀ with k = number of singular values.
 *
 * @param u [m, k], columns orthonormal, also those of singular value 0
 * @param s not negative, descending
 * @param v [n, k], columns orthonormal
 */
public record Svd(Matrix u, double[] s, Matrix v) {
  /** The first k terms multiplied out: the nearest matrix of rank k (Eckart–Young). */
  public Matrix truncated(int k) {
    Matrix scaled = u.columns(0, k);
    for (int i = 0; i < scaled.rows(); i++) {
      for (int j = 0; j < k; j++) {
        scaled.set(i, j, scaled.get(i, j) * s[j]);
      }
    }
    return scaled.times(v.columns(0, k).transposed());
  }
}
