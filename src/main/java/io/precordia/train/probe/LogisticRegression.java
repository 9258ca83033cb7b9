package io.precordia.train.probe;

/**
 * Logistic regression with an L2 penalty: mean log loss + λ/2·‖weights‖²; the offset is not
 * penalised.
 *
 * @param weights one for each column
 * @param offset log-odds at the origin
 */
record LogisticRegression(double[] weights, double offset) {
  private static final int ITERATIONS = 200;
  private static final double TOLERANCE = 1e-4;

  /**
   * @param x rows of equal length
   * @param start where the search begins, for example the fit of a neighbouring λ
   */
  static LogisticRegression fit(
      float[][] x, boolean[] positive, double lambda, LogisticRegression start) {
    int width = x[0].length;
    double[] at = new double[width + 1];
    System.arraycopy(start.weights, 0, at, 0, width);
    at[width] = start.offset;
    double[] found =
        Lbfgs.minimise((w, g) -> loss(x, positive, lambda, w, g), at, ITERATIONS, TOLERANCE);
    double[] weights = new double[width];
    System.arraycopy(found, 0, weights, 0, width);
    return new LogisticRegression(weights, found[width]);
  }

  static LogisticRegression zero(int width) {
    return new LogisticRegression(new double[width], 0);
  }

  /** Log-odds. */
  double score(float[] row) {
    double z = offset;
    for (int j = 0; j < row.length; j++) {
      z += weights[j] * row[j];
    }
    return z;
  }

  private static double loss(
      float[][] x, boolean[] positive, double lambda, double[] w, double[] gradient) {
    int width = w.length - 1;
    double[] total = new double[w.length];
    double loss = 0;
    for (int i = 0; i < x.length; i++) {
      float[] row = x[i];
      double z = w[width];
      for (int j = 0; j < width; j++) {
        z += w[j] * row[j];
      }
      double t = positive[i] ? 1 : 0;
      loss += Math.max(z, 0) - t * z + Math.log1p(Math.exp(-Math.abs(z)));
      double d = (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z))) - t;
      for (int j = 0; j < width; j++) {
        total[j] += d * row[j];
      }
      total[width] += d;
    }
    double square = 0;
    for (int j = 0; j < width; j++) {
      square += w[j] * w[j];
      gradient[j] = total[j] / x.length + lambda * w[j];
    }
    gradient[width] = total[width] / x.length;
    return loss / x.length + lambda / 2 * square;
  }
}
