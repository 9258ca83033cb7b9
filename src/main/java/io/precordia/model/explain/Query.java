package io.precordia.model.explain;

import java.util.List;

/**
 * What is looked for.
 *
 * @param direction in the shared space; its product with a unit vector is the score
 * @param specific what of it is its own: the part that queries for other things do not share
 */
public record Query(float[] direction, float[] specific) {
  /** A ridge: directions that are nearly alike are not told apart at any price. */
  private static final double RIDGE = 0.3;

  /** From this cosine on, another query asks for much the same thing and takes nothing away. */
  private static final double SAME = 0.75;

  private static final int STEPS = 60;

  /** A query that nothing is held against. */
  public static Query plain(float[] direction) {
    return new Query(direction, direction);
  }

  /**
   * The residual of a ridge regression of the direction on the unit vectors of others. Scores are
   * linear in the direction, so that maps of it are maps of the query less what maps of the others
   * have in common with it (contrastive explanation as in Gu, Yang and Tresp, ACCV 2018, with
   * fitted weights).
   *
   * @param others directions of queries for other things, of any length; those that point the same
   *     way are left out
   */
  public static Query among(float[] direction, List<float[]> others) {
    List<float[]> apart =
        others.stream().filter(o -> norm(o) > 0 && cosine(direction, o) < SAME).toList();
    if (apart.isEmpty()) {
      return plain(direction);
    }
    double[][] units = new double[apart.size()][direction.length];
    for (int i = 0; i < units.length; i++) {
      double norm = norm(apart.get(i));
      for (int d = 0; d < direction.length; d++) {
        units[i][d] = apart.get(i)[d] / norm;
      }
    }
    return new Query(direction, residual(direction, units));
  }

  /** Solves (I + UᵀU/λ) x = direction by conjugate gradients, which is the residual. */
  private static float[] residual(float[] direction, double[][] units) {
    int n = direction.length;
    double[] x = new double[n];
    double[] r = new double[n];
    for (int d = 0; d < n; d++) {
      r[d] = direction[d];
    }
    double[] p = r.clone();
    double square = dot(r, r);
    double enough = 1e-18 * square;
    for (int step = 0; step < STEPS && square > enough; step++) {
      double[] image = p.clone();
      for (double[] unit : units) {
        double along = dot(unit, p) / RIDGE;
        for (int d = 0; d < n; d++) {
          image[d] += along * unit[d];
        }
      }
      double length = square / dot(p, image);
      for (int d = 0; d < n; d++) {
        x[d] += length * p[d];
        r[d] -= length * image[d];
      }
      double next = dot(r, r);
      for (int d = 0; d < n; d++) {
        p[d] = r[d] + next / square * p[d];
      }
      square = next;
    }
    float[] out = new float[n];
    for (int d = 0; d < n; d++) {
      out[d] = (float) x[d];
    }
    return out;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum / Math.max(1e-12, norm(a) * norm(b));
  }

  private static double norm(float[] a) {
    double square = 0;
    for (float v : a) {
      square += (double) v * v;
    }
    return Math.sqrt(square);
  }
}
