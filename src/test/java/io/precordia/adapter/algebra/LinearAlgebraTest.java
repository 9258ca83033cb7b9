package io.precordia.adapter.algebra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearAlgebraTest {
  private static Matrix random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    Matrix out = Matrix.zeros(rows, columns);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = random.nextGaussian();
    }
    return out;
  }

  private static void assertClose(Matrix expected, Matrix actual) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.columns(), actual.columns());
    double error = expected.plus(-1, actual).norm();
    assertTrue(error <= 1e-12 * Math.max(1, expected.norm()), "error " + error);
  }

  private static void assertOrthonormal(Matrix q) {
    assertClose(Matrix.identity(q.columns()), q.transposed().times(q));
  }

  /** U·diag(s)·Vᵀ with random orthonormal factors. */
  private static Matrix withSpectrum(int m, int n, double[] s, long seed) {
    Matrix u = LinearAlgebra.qr(random(m, s.length, seed)).q();
    Matrix v = LinearAlgebra.qr(random(n, s.length, seed + 1)).q();
    return new Svd(u, s, v).truncated(s.length);
  }

  @Property(tries = 60, seed = "1")
  void qrAndSvdRebuildWhatTheyTookApart(
      @ForAll @IntRange(min = 1, max = 9) int m,
      @ForAll @IntRange(min = 1, max = 9) int n,
      @ForAll @IntRange(min = 0, max = 9) int rank,
      @ForAll long seed) {
    int r = Math.min(rank, Math.min(m, n));
    Matrix a = random(m, r, seed).times(random(r, n, seed + 1));
    LinearAlgebra.Qr qr = LinearAlgebra.qr(a);
    assertClose(a, qr.q().times(qr.r()));
    assertOrthonormal(qr.q());
    for (int i = 0; i < qr.r().rows(); i++) {
      for (int j = 0; j < Math.min(i, n); j++) {
        assertEquals(0, qr.r().get(i, j));
      }
    }
    Svd svd = LinearAlgebra.svd(a);
    assertClose(a, svd.truncated(Math.min(m, n)));
    assertOrthonormal(svd.u());
    assertOrthonormal(svd.v());
    for (int i = 0; i < svd.s().length; i++) {
      assertTrue(svd.s()[i] >= 0 && (i == 0 || svd.s()[i] <= svd.s()[i - 1]));
      assertTrue(i < r || svd.s()[i] < 1e-12 * Math.max(1, svd.s()[0]), "rank " + r);
    }
  }

  @Test
  void tiedAndTinySingularValuesAreFound() {
    double[] s = {5, 5, 5, 2, 2, 1e-9};
    Svd svd = LinearAlgebra.svd(withSpectrum(12, 8, s, 3));
    assertArrayEquals(s, Arrays.copyOf(svd.s(), 6), 1e-13);
    assertOrthonormal(svd.u());
    assertOrthonormal(svd.v());
    assertArrayEquals(new double[4], LinearAlgebra.svd(Matrix.zeros(7, 4)).s());
    assertOrthonormal(LinearAlgebra.svd(Matrix.zeros(7, 4)).u());
    assertArrayEquals(new double[] {1, 1, 1}, LinearAlgebra.svd(Matrix.identity(3)).s(), 1e-15);
  }

  @Test
  void randomisedSvdFindsTheLeadingPart() {
    double[] s = {9, 9, 4, 1, 0.01, 0.01};
    Matrix a = withSpectrum(60, 40, s, 5);
    Svd svd = LinearAlgebra.randomisedSvd(a, 4, 2, 1);
    assertArrayEquals(Arrays.copyOf(s, 4), svd.s(), 1e-10);
    assertEquals(Math.hypot(0.01, 0.01), a.plus(-1, svd.truncated(4)).norm(), 1e-9, "Eckart–Young");
    assertClose(svd.u(), LinearAlgebra.randomisedSvd(a, 4, 2, 1).u());
    Matrix deficient = withSpectrum(30, 20, new double[] {3, 2}, 6);
    Svd more = LinearAlgebra.randomisedSvd(deficient, 5, 1, 2);
    assertClose(deficient, more.truncated(5));
    assertOrthonormal(more.u());
  }

  @Test
  void complementsAreOrthonormalAndOrthogonal() {
    Matrix a = random(9, 4, 8);
    Matrix rest = LinearAlgebra.orthogonalComplement(a);
    assertEquals(5, rest.columns());
    assertOrthonormal(rest);
    assertClose(Matrix.zeros(4, 5), a.transposed().times(rest));
    Matrix dependent = random(9, 1, 9).times(random(1, 3, 10));
    Matrix wide = LinearAlgebra.orthogonalComplement(dependent);
    assertOrthonormal(wide);
    assertClose(Matrix.zeros(3, 6), dependent.transposed().times(wide));
    assertEquals(9, LinearAlgebra.orthogonalComplement(Matrix.zeros(9, 0)).columns());
  }
}
