package io.precordia.adapter.algebra;

import java.util.SplittableRandom;

/**
 * The decompositions that adapter methods share; the tensor engine has none of them. Plain Java in
 * double precision, deterministic, thread-safe; meant for sides up to a few thousand.
 */
public final class LinearAlgebra {
  private static final int OVERSAMPLING = 8;

  private LinearAlgebra() {}

  /**
   * Thin QR.
   *
   * @param q [m, min(m, n)], columns orthonormal also where a has dependent columns
   * @param r [min(m, n), n], upper triangular
   */
  public record Qr(Matrix q, Matrix r) {}

  /** a = q·r by Householder reflections. */
  public static Qr qr(Matrix a) {
    HouseholderQr qr = new HouseholderQr(a);
    return new Qr(qr.q(0, Math.min(a.rows(), a.columns())), qr.r());
  }

  /** Singular values and vectors by one-sided Jacobi, exact to rounding; O(min(m, n)²·max). */
  public static Svd svd(Matrix a) {
    return JacobiSvd.of(a);
  }

  /**
   * The leading {@code rank} singular triples by a Gaussian sketch with power iterations (Halko,
   * Martinsson and Tropp 2011).
   *
   * @param iterations 2 is enough for slowly decaying spectra
   */
  public static Svd randomisedSvd(Matrix a, int rank, int iterations, long seed) {
    int width = Math.min(rank + OVERSAMPLING, Math.min(a.rows(), a.columns()));
    Matrix sketch = gaussian(a.columns(), width, seed);
    Matrix turned = a.transposed();
    Matrix basis = qr(a.times(sketch)).q();
    for (int i = 0; i < iterations; i++) {
      // Orthonormalised on both sides, or small directions drown in rounding.
      basis = qr(a.times(qr(turned.times(basis)).q())).q();
    }
    Svd small = svd(basis.transposed().times(a));
    int kept = Math.min(rank, width);
    return new Svd(
        basis.times(small.u()).columns(0, kept),
        java.util.Arrays.copyOf(small.s(), kept),
        small.v().columns(0, kept));
  }

  /** Orthonormal columns [m, m − n] orthogonal to all columns of a [m, n], n at most m. */
  public static Matrix orthogonalComplement(Matrix a) {
    if (a.columns() > a.rows()) {
      throw new IllegalArgumentException("no complement: more columns than rows");
    }
    return new HouseholderQr(a).q(a.columns(), a.rows());
  }

  private static Matrix gaussian(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Matrix out = Matrix.zeros(rows, columns);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = random.nextGaussian();
    }
    return out;
  }
}
