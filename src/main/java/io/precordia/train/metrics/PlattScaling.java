package io.precordia.train.metrics;

/**
 * Logistic calibration p = 1/(1 + exp(−(slope·score + offset))), fitted by Newton's method to
 * Platt's smoothed targets (Platt 1999; Lin, Lin and Weng 2007), which keeps it finite when the
 * classes separate.
 */
public record PlattScaling(double slope, double offset) {
  private static final int ITERATIONS = 100;
  private static final double RIDGE = 1e-9;

  /** Probability of a score. */
  public double probability(double score) {
    return sigmoid(slope * score + offset);
  }

  /**
   * Fits by maximum likelihood with step halving. Without both classes present it returns slope 1
   * and the smoothed log-odds as offset.
   */
  public static PlattScaling fit(double[] scores, boolean[] positive) {
    int n = scores.length;
    int positives = 0;
    for (boolean p : positive) {
      positives += p ? 1 : 0;
    }
    double high = (positives + 1.0) / (positives + 2.0);
    double low = 1.0 / (n - positives + 2.0);
    double b = Math.log((positives + 1.0) / (n - positives + 1.0));
    if (positives == 0 || positives == n) {
      return new PlattScaling(1, b);
    }
    double a = 0;
    double loss = loss(scores, positive, high, low, a, b);
    for (int i = 0; i < ITERATIONS; i++) {
      double ga = 0;
      double gb = 0;
      double haa = RIDGE;
      double hab = 0;
      double hbb = RIDGE;
      for (int j = 0; j < n; j++) {
        double p = sigmoid(a * scores[j] + b);
        double d = p - (positive[j] ? high : low);
        double w = p * (1 - p);
        ga += d * scores[j];
        gb += d;
        haa += w * scores[j] * scores[j];
        hab += w * scores[j];
        hbb += w;
      }
      if (Math.abs(ga) < 1e-9 && Math.abs(gb) < 1e-9) {
        break;
      }
      double determinant = haa * hbb - hab * hab;
      double da = -(hbb * ga - hab * gb) / determinant;
      double db = -(haa * gb - hab * ga) / determinant;
      double step = 1;
      double next = loss(scores, positive, high, low, a + da, b + db);
      while (!(next < loss + 1e-4 * step * (ga * da + gb * db)) && step > 1e-10) {
        step /= 2;
        next = loss(scores, positive, high, low, a + step * da, b + step * db);
      }
      if (step <= 1e-10) {
        break;
      }
      a += step * da;
      b += step * db;
      loss = next;
    }
    return new PlattScaling(a, b);
  }

  private static double loss(
      double[] scores, boolean[] positive, double high, double low, double a, double b) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double z = a * scores[i] + b;
      double t = positive[i] ? high : low;
      sum += Math.max(z, 0) - t * z + Math.log1p(Math.exp(-Math.abs(z)));
    }
    return sum;
  }

  private static double sigmoid(double z) {
    return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
  }
}
