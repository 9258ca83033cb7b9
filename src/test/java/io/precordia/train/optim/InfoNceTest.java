package io.precordia.train.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.tensor.ParameterBlock;
import io.precordia.tensor.Recording;
import io.precordia.tensor.Scope;
import io.precordia.tensor.Tensor;
import io.precordia.tensor.djl.DjlOps;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Specification 1.13, checks 4 to 11, and group exclusion. */
class InfoNceTest {
  private DjlOps ops;

  @BeforeEach
  void open() {
    ops = DjlOps.cpu();
  }

  @AfterEach
  void close() {
    ops.close();
  }

  private static float[] gaussian(int n, int d, long seed) {
    Random random = new Random(seed);
    float[] out = new float[n * d];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }

  private static float[] identity(int n) {
    float[] out = new float[n * n];
    for (int i = 0; i < n; i++) {
      out[i * n + i] = 1;
    }
    return out;
  }

  private double total(float[] x, float[] e, float[] t, int n, double tau) {
    try (Scope scope = ops.scope()) {
      InfoNce loss = new InfoNce(ops, ops.full(Math.log(tau), 1));
      return ops.download(
              loss.anchored(
                  ops.upload(x, n, x.length / n),
                  ops.upload(e, n, e.length / n),
                  ops.upload(t, n, t.length / n),
                  0,
                  null))[0];
    }
  }

  private double pair(float[] a, float[] b, int n, double tau, long[] groups) {
    try (Scope scope = ops.scope()) {
      return ops.download(
              new InfoNce(ops, ops.full(Math.log(tau), 1))
                  .symmetric(
                      ops.upload(a, n, a.length / n), ops.upload(b, n, b.length / n), groups))[0];
    }
  }

  @Test
  void identicalEmbeddingsGiveTwoLnN() {
    float[] same = new float[100 * 128];
    java.util.Arrays.fill(same, 0.5f);
    assertEquals(9.2103, total(same, same, same, 100, 0.02), 1e-3);
  }

  @Test
  void alignedOrthogonalEmbeddings() {
    float[] eye = identity(100);
    assertEquals(0, total(eye, eye, eye, 100, 0.02), 1e-6);
    assertEquals(0.00897, total(eye, eye, eye, 100, 0.1), 2e-5);
  }

  @Test
  void independentEmbeddings() {
    double high = 0;
    double low = 0;
    for (int i = 0; i < 10; i++) {
      float[] x = gaussian(100, 128, 3 * i);
      float[] e = gaussian(100, 128, 3 * i + 1);
      float[] t = gaussian(100, 128, 3 * i + 2);
      high += total(x, e, t, 100, 0.02) / 10;
      low += total(x, e, t, 100, 0.1) / 10;
    }
    assertEquals(22.99, high, 4 * 0.67 / Math.sqrt(10));
    assertEquals(9.97, low, 4 * 0.14 / Math.sqrt(10));
  }

  @Test
  void scaleAndConsistentPermutationDoNotMatterButMismatchDoes() {
    int n = 6;
    float[] x = gaussian(n, 8, 1);
    float[] e = gaussian(n, 8, 2);
    float[] t = x.clone();
    double plain = total(x, e, t, n, 0.1);
    float[] scaled = x.clone();
    for (int i = 0; i < 8; i++) {
      scaled[8 + i] *= 37;
    }
    assertEquals(plain, total(scaled, e, t, n, 0.1), 1e-4);
    assertEquals(plain, total(rolled(x, n), rolled(e, n), rolled(t, n), n, 0.1), 1e-4);
    assertTrue(total(rolled(x, n), e, t, n, 0.1) > plain + 0.5);
    assertEquals(plain, total(e, x, t, n, 0.1), 1e-4);
    float[] other = gaussian(n, 8, 5);
    assertEquals(total(other, e, t, n, 0.1), total(e, other, t, n, 0.1), 1e-4);
    assertTrue(Math.abs(total(other, e, t, n, 0.1) - total(t, e, other, n, 0.1)) > 1e-2);
  }

  private static float[] rolled(float[] x, int n) {
    int d = x.length / n;
    float[] out = new float[x.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, i * d, out, (i + 1) % n * d, d);
    }
    return out;
  }

  private float[] xrayGradient(float[] x, float[] e, float[] t, int n) {
    try (ParameterBlock block = ops.parameters(x);
        Scope scope = ops.scope();
        Recording recording = ops.record()) {
      Tensor xs = block.views(List.of(new long[] {n, x.length / n})).getFirst();
      InfoNce loss = new InfoNce(ops, ops.full(Math.log(0.1), 1));
      ops.backward(
          loss.anchored(
              xs, ops.upload(e, n, e.length / n), ops.upload(t, n, t.length / n), 0, null));
      float[] gradient = block.readGradient();
      assertNotNull(gradient);
      return gradient;
    }
  }

  @Test
  void xrayGradientIgnoresTheEcgAndIsOrthogonalToItsRow() {
    int n = 5;
    float[] x = gaussian(n, 8, 1);
    float[] t = gaussian(n, 8, 3);
    float[] g = xrayGradient(x, gaussian(n, 8, 2), t, n);
    assertArrayEquals(g, xrayGradient(x, gaussian(n, 8, 9), t, n), 1e-6f);
    for (int i = 0; i < n; i++) {
      double dot = 0;
      double norm = 0;
      for (int k = 0; k < 8; k++) {
        dot += g[i * 8 + k] * x[i * 8 + k];
        norm += g[i * 8 + k] * g[i * 8 + k];
      }
      assertTrue(Math.abs(dot) < 1e-4 * Math.sqrt(norm) * 3, "row " + i + ": " + dot);
    }
  }

  @Test
  void duplicatesPutAFloorUnderTheLossAndGroupsRemoveIt() {
    float[] twice = new float[100 * 50];
    long[] groups = new long[100];
    for (int i = 0; i < 100; i++) {
      twice[i * 50 + i / 2] = 1;
      groups[i] = i / 2;
    }
    assertEquals(2 * Math.log(2), total(twice, twice, twice, 100, 0.02), 1e-5);
    assertEquals(0, pair(twice, twice, 100, 0.02, groups), 1e-5);
    long[] none = new long[100];
    java.util.Arrays.fill(none, -1);
    assertEquals(Math.log(2), pair(twice, twice, 100, 0.02, none), 1e-5);
  }

  @Test
  void temperatureIsTrainedWithinItsLimits() {
    float[] a = gaussian(8, 16, 1);
    float[] b = gaussian(8, 16, 2);
    for (double tau : new double[] {0.05, 1e-5}) {
      try (ParameterBlock block = ops.parameters(new float[] {(float) Math.log(tau)});
          Scope scope = ops.scope();
          Recording recording = ops.record()) {
        InfoNce loss = new InfoNce(ops, block.views(List.of(new long[] {1})).getFirst());
        Tensor value = loss.symmetric(ops.upload(a, 8, 16), ops.upload(b, 8, 16), null);
        ops.backward(value);
        float[] gradient = block.readGradient();
        assertNotNull(gradient);
        // Independent rows are better off with a higher temperature; beyond the limit nothing
        // pulls.
        assertTrue(
            tau > InfoNce.MIN_TEMPERATURE ? gradient[0] < 0 : gradient[0] == 0,
            "gradient " + gradient[0]);
        assertTrue(Float.isFinite(ops.download(value)[0]));
      }
    }
  }
}
