package io.precordia.train.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
  /** Two columns: one tells the answer, the other the group; the groups differ in prevalence. */
  private static ProbeSet made(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> patients = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    float[][] rows = new float[n][];
    boolean[] positive = new boolean[n];
    for (int i = 0; i < n; i++) {
      boolean second = random.nextBoolean();
      positive[i] = random.nextDouble() < (second ? 0.8 : 0.2);
      patients.add("p" + i / 2);
      groups.add(second ? "b" : "a");
      rows[i] =
          new float[] {(float) (random.nextGaussian() + (positive[i] ? 1.5 : 0)), second ? 100 : 0};
    }
    return new ProbeSet(patients, groups, rows, positive);
  }

  private final LinearProbe.Space space =
      new LinearProbe.Space(made(400, 1), made(200, 2), made(400, 3));

  @Test
  void theFitIsTheMinimumOfThePenalisedLoss() {
    ProbeSet train = made(300, 5);
    float[][] x = new Standardizer(train).apply(train);
    LogisticRegression fit =
        LogisticRegression.fit(x, train.positive(), 0.1, LogisticRegression.zero(2));
    for (int j = 0; j < 2; j++) {
      double gradient = 0.1 * fit.weights()[j];
      for (int i = 0; i < x.length; i++) {
        double p = 1 / (1 + Math.exp(-fit.score(x[i])));
        gradient += (p - (train.positive()[i] ? 1 : 0)) * x[i][j] / x.length;
      }
      assertEquals(0, gradient, 2e-4);
    }
  }

  @Test
  void whatTellsTheGroupsApartIsNotUsed() {
    double area = LinearProbe.within(space.test(), LinearProbe.fit("x", space).scores());
    assertEquals(0.856, area, 0.05, "Phi(1.5/sqrt 2)");
  }

  @Test
  void aShareDrawsWholePatients() {
    ProbeSet some = FewShot.draw(space.train(), 0.1, 4);
    assertEquals(20, new HashSet<>(some.patients()).size());
    assertEquals(40, some.size());
    assertEquals(some.patients(), FewShot.draw(space.train(), 0.1, 4).patients());
    FewShot.Point point = new FewShot(3).at(0.1, space);
    assertTrue(point.low() <= point.mean() + 1e-9 && point.mean() <= point.high() + 1e-9);
  }
}
