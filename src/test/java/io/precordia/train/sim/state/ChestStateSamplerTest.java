package io.precordia.train.sim.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChestStateSamplerTest {
  private static final int MANY = 8000;
  private final ChestStateSampler sampler = new ChestStateSampler();

  @Test
  void aQuarterOrLittleMoreIsNormalAndEachFindingIsFrequentEnough() {
    Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
    int normal = 0;
    for (int i = 0; i < MANY; i++) {
      Set<Finding> found = sampler.sample(11, i).findings();
      normal += found.isEmpty() ? 1 : 0;
      found.forEach(f -> counts.merge(f, 1, Integer::sum));
    }
    // A quarter is drawn normal; a little is added by unlinked patients whose only ECG finding
    // contradicted another and was taken away.
    double share = normal / (double) MANY;
    assertTrue(share >= 0.25 && share <= 0.31, "normal: " + share);
    for (Finding f : Finding.values()) {
      assertTrue(counts.getOrDefault(f, 0) >= 0.012 * MANY, f.id() + " " + counts.get(f));
    }
  }

  @Test
  void statesAreMedicallyPossible() {
    for (int i = 0; i < MANY; i++) {
      ChestState s = sampler.sample(12, i);
      EcgState e = s.ecg();
      assertTrue(s.ageYears() >= 18 && s.ageYears() <= 95);
      assertTrue(s.build().restingRatio() < 0.5);
      boolean enlarged =
          s.findings().contains(Finding.CARDIOMEGALY)
              || s.findings().contains(Finding.PERICARDIAL_EFFUSION);
      assertEquals(enlarged, s.cardiothoracicRatio() > 0.5);
      boolean block = e.conduction() != EcgState.Conduction.NORMAL;
      assertFalse(
          block && e.stElevation() != null,
          "ST elevation cannot be read on a bundle branch block: " + e.findings());
      assertFalse(block && e.hypertrophy());
      // The P wave must fall after the T wave before it.
      assertTrue(Double.isNaN(e.prMs()) || e.prMs() < 200 || e.rateBpm() <= 100);
    }
  }

  @Test
  void aCounterfactualLosesExactlyOneLabel() {
    for (int i = 0; i < 1000; i++) {
      ChestState s = sampler.sample(13, i);
      for (Finding f : s.findings()) {
        Set<Finding> rest = new HashSet<>(s.findings());
        rest.remove(f);
        assertEquals(rest, s.without(f).findings());
      }
    }
  }

  @Test
  void everyFindingIsShownByOneSignalAndTheReport() {
    assertEquals(Finding.values().length, Finding.shownBy(Modality.REPORT).size());
    assertEquals(
        Finding.values().length,
        Finding.shownBy(Modality.XRAY).size() + Finding.shownBy(Modality.ECG).size());
    Set<String> ids = new HashSet<>();
    for (Finding f : Finding.values()) {
      assertTrue(f.id().matches("[a-z]+(-[a-z]+)*") && ids.add(f.id()));
    }
  }

  @Test
  void randomNumbersHaveTheirMoments() {
    SimRandom r = SimRandom.of(1, 2, "moments");
    double sum = 0;
    double squares = 0;
    double uniform = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      double g = r.gaussian();
      sum += g;
      squares += g * g;
      uniform += r.next();
    }
    assertEquals(0, sum / n, 0.01);
    assertEquals(1, squares / n, 0.01);
    assertEquals(0.5, uniform / n, 0.005);
  }
}
