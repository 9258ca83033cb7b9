package io.precordia.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens and closes the backend under test and compares with references. */
abstract class BackendTest {
  /** A new backend; the test closes it. */
  protected abstract Ops open();

  /** Largest accepted ‖out − reference‖ / ‖reference‖. */
  protected double tolerance() {
    return 1e-5;
  }

  Ops ops;
  final Random random = new Random(7);

  @BeforeEach
  void openBackend() {
    ops = open();
  }

  @AfterEach
  void closeBackend() {
    ops.close();
  }

  float[] draw(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  void assertClose(double[] expected, Tensor actual, long... shape) {
    assertArrayEquals(shape, actual.shape());
    float[] got = ops.download(actual);
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (got[i] - expected[i]) * (got[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertEquals(expected.length, got.length);
    assertTrue(
        Math.sqrt(error) <= tolerance() * Math.sqrt(norm),
        "relative error " + Math.sqrt(error / norm));
  }

  static double[] each(float[] x, java.util.function.DoubleUnaryOperator f) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = f.applyAsDouble(x[i]);
    }
    return y;
  }

  static double[] d(float... x) {
    return each(x, v -> v);
  }
}
