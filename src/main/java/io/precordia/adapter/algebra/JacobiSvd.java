package io.precordia.adapter.algebra;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * One-sided Jacobi: columns are rotated pairwise until they are orthogonal. Accurate also for small
 * singular values and indifferent to ties (Demmel and Veselić 1992).
 */
final class JacobiSvd {
  private static final int SWEEPS = 60;
  private static final double EPS = 1e-15;

  private JacobiSvd() {}

  static Svd of(Matrix a) {
    if (a.rows() < a.columns()) {
      Svd turned = of(a.transposed());
      return new Svd(turned.v(), turned.s(), turned.u());
    }
    if (a.rows() > a.columns()) {
      HouseholderQr qr = new HouseholderQr(a);
      Svd small = square(qr.r());
      return new Svd(qr.q(0, a.columns()).times(small.u()), small.s(), small.v());
    }
    return square(a);
  }

  private static Svd square(Matrix a) {
    int n = a.columns();
    // Rows of these are the columns that are rotated: contiguous memory.
    double[][] work = rows(a.transposed());
    double[][] right = rows(Matrix.identity(n));
    boolean moved = true;
    for (int sweep = 0; sweep < SWEEPS && moved; sweep++) {
      moved = false;
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          moved |= rotate(work, right, p, q);
        }
      }
    }
    double[] norms = new double[n];
    for (int i = 0; i < n; i++) {
      norms[i] = Math.sqrt(dot(work[i], work[i]));
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -norms[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] s = new double[n];
    Matrix u = Matrix.zeros(n, n);
    Matrix v = Matrix.zeros(n, n);
    int rank = 0;
    for (int j = 0; j < n; j++) {
      s[j] = norms[order[j]];
      boolean real = s[j] > norms[order[0]] * EPS * n;
      rank += real ? 1 : 0;
      s[j] = real ? s[j] : 0;
      for (int i = 0; i < n; i++) {
        u.set(i, j, real ? work[order[j]][i] / s[j] : 0);
        v.set(i, j, right[order[j]][i]);
      }
    }
    Matrix rest = LinearAlgebra.orthogonalComplement(u.columns(0, rank));
    for (int j = rank; j < n; j++) {
      for (int i = 0; i < n; i++) {
        u.set(i, j, rest.get(i, j - rank));
      }
    }
    return new Svd(u, s, v);
  }

  private static boolean rotate(double[][] work, double[][] right, int p, int q) {
    double alpha = dot(work[p], work[p]);
    double beta = dot(work[q], work[q]);
    double gamma = dot(work[p], work[q]);
    if (gamma == 0 || Math.abs(gamma) <= EPS * Math.sqrt(alpha * beta)) {
      return false;
    }
    double zeta = (beta - alpha) / (2 * gamma);
    double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
    double c = 1 / Math.hypot(1, t);
    turn(work[p], work[q], c, c * t);
    turn(right[p], right[q], c, c * t);
    return true;
  }

  private static void turn(double[] x, double[] y, double c, double s) {
    for (int i = 0; i < x.length; i++) {
      double old = x[i];
      x[i] = c * old - s * y[i];
      y[i] = s * old + c * y[i];
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static double[][] rows(Matrix a) {
    double[][] out = new double[a.rows()][a.columns()];
    for (int i = 0; i < a.rows(); i++) {
      System.arraycopy(a.values(), i * a.columns(), out[i], 0, a.columns());
    }
    return out;
  }
}
