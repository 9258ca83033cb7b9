package io.precordia.train.sim.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcgSimulatorTest {
  private final ChestStateSampler sampler = new ChestStateSampler();
  private final EcgSimulator simulator = new EcgSimulator();

  @Test
  void einthovenAndGoldbergerHold() {
    for (int i = 0; i < 20; i++) {
      float[][] mv = simulator.record(sampler.sample(1, i)).ecg().millivolts();
      for (int t = 0; t < EcgSimulator.SAMPLES; t++) {
        assertEquals(0, mv[0][t] + mv[2][t] - mv[1][t], 1e-6);
        assertEquals(0, mv[3][t] + mv[4][t] + mv[5][t], 1e-6);
        assertEquals(-(mv[0][t] + mv[1][t]) / 2, mv[3][t], 1e-6);
      }
    }
  }

  @Test
  void everySampleIsFiniteAndPhysiological() {
    for (int i = 0; i < 100; i++) {
      for (float[] lead : simulator.record(sampler.sample(2, i)).ecg().millivolts()) {
        for (float v : lead) {
          assertTrue(Math.abs(v) < 6);
        }
      }
    }
  }

  @Test
  void fibrillationIsIrregularAndSinusIsNot() {
    for (ChestState s : with(Finding.ATRIAL_FIBRILLATION, 25)) {
      if (s.ecg().ectopicBeats() == 0 && s.ecg().rhythm() == EcgState.Rhythm.ATRIAL_FIBRILLATION) {
        EcgRecording r = simulator.record(s);
        assertTrue(
            variation(r) > 0.07,
            "coefficient of variation " + variation(r) + ", study " + s.index());
        assertTrue(r.beats().stream().allMatch(b -> b.pOnset() == -1));
        EcgRecording sinus = simulator.record(s.without(Finding.ATRIAL_FIBRILLATION));
        assertTrue(variation(sinus) < 0.05, "coefficient of variation " + variation(sinus));
      }
    }
  }

  private static double variation(EcgRecording r) {
    List<Fiducials> beats = r.beats();
    double sum = 0;
    double squares = 0;
    int n = beats.size() - 1;
    for (int i = 0; i < n; i++) {
      double rr = beats.get(i + 1).rPeak() - beats.get(i).rPeak();
      sum += rr;
      squares += rr * rr;
    }
    double mean = sum / n;
    return Math.sqrt(Math.max(0, squares / n - mean * mean)) / mean;
  }

  @Test
  void bundleBranchBlockIsBroadInTheFiducialsAndInTheSignal() {
    for (Finding block :
        List.of(Finding.LEFT_BUNDLE_BRANCH_BLOCK, Finding.RIGHT_BUNDLE_BRANCH_BLOCK)) {
      for (ChestState s : with(block, 12)) {
        EcgRecording r = simulator.record(s);
        EcgRecording normal = simulator.record(s.without(block));
        assertTrue(r.measurements().qrsMs() > 120, block.id() + " " + r.measurements().qrsMs());
        assertTrue(normal.measurements().qrsMs() < 110, "normal " + normal.measurements().qrsMs());
        assertTrue(
            steepMs(r) > steepMs(normal) + 15,
            block.id() + " " + steepMs(r) + " against " + steepMs(normal));
      }
    }
  }

  /**
   * Mean time per conducted beat around R in which the summed voltage is above a quarter of its
   * peak.
   */
  private static double steepMs(EcgRecording r) {
    float[][] mv = r.ecg().millivolts();
    double sum = 0;
    int beats = 0;
    for (Fiducials f : r.beats()) {
      if (f.ectopic()) {
        continue;
      }
      double peak = 0;
      double[] size = new double[100];
      for (int k = 0; k < size.length; k++) {
        int t = Math.min(EcgSimulator.SAMPLES - 1, Math.max(0, f.rPeak() - 45 + k));
        for (int lead = 6; lead < 12; lead++) {
          size[k] += Math.abs(mv[lead][t] - mv[lead][f.qrsOnset()]);
        }
        peak = Math.max(peak, size[k]);
      }
      for (double v : size) {
        sum += v > 0.25 * peak ? 2 : 0;
      }
      beats++;
    }
    return sum / beats;
  }

  @Test
  void firstDegreeBlockProlongsPr() {
    for (ChestState s : with(Finding.FIRST_DEGREE_AV_BLOCK, 15)) {
      for (Fiducials f : simulator.record(s).beats()) {
        if (!f.ectopic()) {
          assertTrue((f.qrsOnset() - f.pOnset()) * 2 > 200);
        }
      }
    }
  }

  @Test
  void rateFollowsTheState() {
    for (int i = 0; i < 60; i++) {
      ChestState s = sampler.sample(6, i);
      double rate = simulator.record(s).measurements().ventricularRateBpm();
      boolean regular = s.ecg().rhythm() == EcgState.Rhythm.SINUS;
      // Premature atrial beats reset the sinus node.
      double slack = regular ? (s.ecg().atrialBeats() > 0 ? 0.16 : 0.035) : 0.25;
      assertEquals(s.ecg().rateBpm(), rate, slack * s.ecg().rateBpm(), "study " + i);
    }
  }

  @Test
  void stElevationIsInItsTerritory() {
    for (ChestState s : with(Finding.ST_ELEVATION, 30)) {
      EcgRecording with = simulator.record(s);
      EcgRecording without = simulator.record(s.without(Finding.ST_ELEVATION));
      Territory t = java.util.Objects.requireNonNull(s.ecg().stElevation());
      int[] up =
          switch (t) {
            case ANTERIOR -> new int[] {7, 8, 9};
            case INFERIOR -> new int[] {1, 2, 5};
            case LATERAL -> new int[] {0, 4, 10, 11};
          };
      for (int lead : up) {
        double shift = stLevel(with, lead) - stLevel(without, lead);
        assertTrue(shift > 0.07, t + " lead row " + lead + " rises by " + shift);
      }
      int reciprocal = t == Territory.INFERIOR ? 4 : t == Territory.LATERAL ? 2 : -1;
      if (reciprocal >= 0) {
        assertTrue(stLevel(with, reciprocal) - stLevel(without, reciprocal) < -0.05);
      }
    }
  }

  /** Mean level 60 ms after the J point against the QRS onset, over conducted beats. */
  private static double stLevel(EcgRecording r, int lead) {
    double sum = 0;
    int n = 0;
    for (Fiducials f : r.beats()) {
      if (!f.ectopic()) {
        sum +=
            r.ecg().millivolts()[lead][f.qrsOffset() + 30]
                - r.ecg().millivolts()[lead][f.qrsOnset()];
        n++;
      }
    }
    return sum / n;
  }

  @Test
  void hypertrophyMeetsTheVoltageCriterionMoreThanItsCounterfactual() {
    int met = 0;
    int counterfactual = 0;
    List<ChestState> all = with(Finding.LEFT_VENTRICULAR_HYPERTROPHY, 40);
    for (ChestState s : all) {
      met += sokolow(simulator.record(s)) > 3.5 ? 1 : 0;
      counterfactual +=
          sokolow(simulator.record(s.without(Finding.LEFT_VENTRICULAR_HYPERTROPHY))) > 3.5 ? 1 : 0;
    }
    assertTrue(met >= 0.8 * all.size(), met + " of " + all.size() + " meet Sokolow-Lyon");
    assertTrue(counterfactual <= 0.1 * all.size(), counterfactual + " normals meet Sokolow-Lyon");
  }

  /** Sokolow-Lyon: S in V1 plus the larger R of V5 and V6, mV, of a typical beat. */
  private static double sokolow(EcgRecording r) {
    List<Double> sums = new ArrayList<>();
    for (Fiducials f : r.beats()) {
      if (!f.ectopic()) {
        double s = 0;
        double rWave = 0;
        for (int t = f.qrsOnset(); t <= f.qrsOffset(); t++) {
          float[][] mv = r.ecg().millivolts();
          s = Math.max(s, mv[6][f.qrsOnset()] - mv[6][t]);
          rWave =
              Math.max(
                  rWave,
                  Math.max(mv[10][t] - mv[10][f.qrsOnset()], mv[11][t] - mv[11][f.qrsOnset()]));
        }
        sums.add(s + rWave);
      }
    }
    sums.sort(null);
    return sums.get(sums.size() / 2);
  }

  @Test
  void ectopicBeatsAreCountedAndPremature() {
    for (ChestState s : with(Finding.VENTRICULAR_PREMATURE_BEATS, 15)) {
      if (s.ecg().rhythm() == EcgState.Rhythm.SINUS) {
        EcgRecording r = simulator.record(s);
        long n = r.beats().stream().filter(Fiducials::ectopic).count();
        assertTrue(n >= 1 && n <= s.ecg().ectopicBeats());
        for (int i = 1; i < r.beats().size() - 1; i++) {
          if (r.beats().get(i).ectopic()) {
            int before = r.beats().get(i).rPeak() - r.beats().get(i - 1).rPeak();
            int after = r.beats().get(i + 1).rPeak() - r.beats().get(i).rPeak();
            assertTrue(before < after, "premature, then a pause");
          }
        }
      }
    }
  }

  private List<ChestState> with(Finding finding, int count) {
    List<ChestState> out = new ArrayList<>();
    for (long i = 0; out.size() < count; i++) {
      ChestState s = sampler.sample(31, i);
      if (s.findings().contains(finding)) {
        out.add(s);
      }
    }
    return out;
  }
}
