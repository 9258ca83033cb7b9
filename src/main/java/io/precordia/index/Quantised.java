package io.precordia.index;

/**
 * A vector as 8-bit codes: v = scale · codes + residual. With q = sq · cq + rq the dot product
 * differs from its code estimate by at most ‖rq‖ · ‖sv · cv‖ + ‖q‖ · ‖rv‖ (Cauchy–Schwarz), which
 * is what makes a first pass over codes exact.
 *
 * @param codes padded length, each in [-127, 127]
 * @param scale value of one code step, 0 for the zero vector
 * @param codeNorm L2 norm of scale · codes, rounded up
 * @param residualNorm L2 norm of the residual, rounded up
 * @param norm L2 norm of the vector, rounded up
 */
record Quantised(byte[] codes, float scale, float codeNorm, float residualNorm, float norm) {
  /** Slack for the float arithmetic of estimates: relative to the product of the norms. */
  static final double ROUNDING = 4e-6;

  static Quantised of(float[] vector, int padded) {
    float max = 0;
    for (float v : vector) {
      max = Math.max(max, Math.abs(v));
    }
    byte[] codes = new byte[padded];
    float scale = max / 127f;
    double codeSquares = 0;
    double residualSquares = 0;
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      int code = scale > 0 ? Math.clamp(Math.round(vector[i] / scale), -127, 127) : 0;
      codes[i] = (byte) code;
      double restored = (double) scale * code;
      double residual = vector[i] - restored;
      codeSquares += restored * restored;
      residualSquares += residual * residual;
      squares += (double) vector[i] * vector[i];
    }
    return new Quantised(
        codes,
        scale,
        up(Math.sqrt(codeSquares)),
        up(Math.sqrt(residualSquares)),
        up(Math.sqrt(squares)));
  }

  /** The codes as 16-bit numbers, the form in which a query meets the codes of rows. */
  short[] wideCodes() {
    short[] wide = new short[codes.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = codes[i];
    }
    return wide;
  }

  private static float up(double x) {
    return Math.nextUp((float) (x * (1 + 1e-12)));
  }
}
