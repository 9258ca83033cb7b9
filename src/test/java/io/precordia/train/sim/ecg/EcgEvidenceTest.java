package io.precordia.train.sim.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Lead;
import io.precordia.study.Modality;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.EcgState;
import io.precordia.train.sim.state.Finding;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The places that a finding's relevance is held against. */
final class EcgEvidenceTest {
  private static final EcgState INFARCTION = inferior();

  private static EcgState inferior() {
    ChestSimulator simulator = new ChestSimulator();
    return LongStream.range(0, 2000)
        .mapToObj(i -> simulator.state(7, i).ecg())
        .filter(e -> e.stElevation() == EcgState.Territory.INFERIOR)
        .findFirst()
        .orElseThrow();
  }

  private static EcgRecording recording() {
    EcgRecording any = new ChestSimulator().ecg(new ChestSimulator().state(1, 0));
    return new EcgRecording(
        any.ecg(),
        List.of(
            new Fiducials(50, 130, 150, 175, 320, Origin.CONDUCTED),
            new Fiducials(-1, 400, 430, 480, 650, Origin.VENTRICULAR_PREMATURE)),
        new Measurements(75, 160, 90, 380, 400, 40));
  }

  @Test
  void stElevationLiesBetweenJPointAndEndOfTInItsTerritory() {
    EcgEvidence found = EcgEvidence.of(Finding.ST_ELEVATION, INFARCTION, recording()).orElseThrow();
    boolean[][] mask = found.mask(1000, 100);
    for (Lead lead : Lead.values()) {
      boolean inferior = Set.of(Lead.II, Lead.III, Lead.AVF).contains(lead);
      for (int k = 0; k < 1000; k++) {
        assertEquals(inferior && k >= 35 && k < 64, mask[lead.ordinal()][k], lead + " " + k);
      }
    }
  }

  @Test
  void onlyTheEctopicBeatShowsPrematureBeats() {
    EcgEvidence found =
        EcgEvidence.of(Finding.VENTRICULAR_PREMATURE_BEATS, INFARCTION, recording()).orElseThrow();
    assertEquals(List.of(new EcgEvidence.Span(400, 650)), found.parts().getFirst().spans());
    assertEquals(EnumSet.allOf(Lead.class), found.parts().getFirst().leads());
  }

  @Test
  void theLineBetweenTAndQrsShowsFibrillation() {
    EcgEvidence found =
        EcgEvidence.of(Finding.ATRIAL_FIBRILLATION, INFARCTION, recording()).orElseThrow();
    assertEquals(List.of(new EcgEvidence.Span(320, 400)), found.parts().getFirst().spans());
  }

  @Test
  void aPrematureAndAPacedBeatShowThemselves() {
    EcgRecording any = recording();
    EcgRecording strip =
        new EcgRecording(
            any.ecg(),
            List.of(
                new Fiducials(50, 130, 150, 175, 320, Origin.CONDUCTED),
                new Fiducials(340, 410, 430, 455, 600, Origin.ATRIAL_PREMATURE),
                new Fiducials(-1, 900, 940, 985, 1150, Origin.PACED)),
            any.measurements());
    assertEquals(
        List.of(new EcgEvidence.Span(340, 600)),
        only(Finding.ATRIAL_PREMATURE_BEATS, strip).spans());
    assertEquals(
        List.of(new EcgEvidence.Span(895, 985)), only(Finding.PACED_RHYTHM, strip).spans());
    // Blocked P waves are looked for between the beats.
    assertEquals(
        List.of(new EcgEvidence.Span(320, 410), new EcgEvidence.Span(600, 900)),
        only(Finding.HIGHER_DEGREE_AV_BLOCK, strip).spans());
  }

  private static EcgEvidence.Part only(Finding finding, EcgRecording recording) {
    List<EcgEvidence.Part> parts =
        EcgEvidence.of(finding, INFARCTION, recording).orElseThrow().parts();
    assertEquals(1, parts.size());
    return parts.getFirst();
  }

  @Test
  void theAxisIsReadFromLimbLeads() {
    Set<Lead> limbs = Set.of(Lead.I, Lead.II, Lead.III, Lead.AVL, Lead.AVF);
    for (Finding f : List.of(Finding.RIGHT_AXIS_DEVIATION, Finding.FASCICULAR_BLOCK)) {
      assertEquals(limbs, only(f, recording()).leads());
      assertEquals(EcgEvidence.Segment.QRS, only(f, recording()).segment());
    }
    assertEquals(
        Set.of(Lead.I, Lead.II, Lead.III, Lead.AVR, Lead.AVL, Lead.AVF),
        only(Finding.LOW_VOLTAGE, recording()).leads());
  }

  /** What taking a finding away changes lies where its evidence is said to be. */
  @Test
  void theEvidenceIsWhereTheSignalChanges() {
    Set<Finding> wanted =
        EnumSet.of(
            Finding.ST_ELEVATION,
            Finding.ISCHAEMIA,
            Finding.OLD_INFARCTION,
            Finding.PERICARDITIS,
            Finding.VENTRICULAR_PREMATURE_BEATS,
            Finding.LEFT_BUNDLE_BRANCH_BLOCK);
    ChestSimulator simulator = new ChestSimulator();
    Map<Finding, double[]> sums = new EnumMap<>(Finding.class);
    for (long i = 0; i < 1200; i++) {
      ChestState state = simulator.state(11, i);
      for (Finding f : state.findings(Modality.ECG)) {
        double[] sum = sums.computeIfAbsent(f, k -> new double[2]);
        if (wanted.contains(f) && sum[1] < 8) {
          EcgRecording with = simulator.ecg(state);
          var evidence = EcgEvidence.of(f, state.ecg(), with);
          if (evidence.isPresent()) {
            float[][] a = with.ecg().millivolts();
            float[][] b = simulator.ecg(state.without(f)).ecg().millivolts();
            sum[0] += concentration(a, b, evidence.get().mask(a[0].length, 500));
            sum[1]++;
          }
        }
      }
    }
    for (Finding f : wanted) {
      double[] sum = sums.getOrDefault(f, new double[2]);
      assertTrue(sum[1] >= 3, f + " is rare: " + sum[1]);
      assertTrue(sum[0] / sum[1] > 1.5, f + " " + sum[0] / sum[1]);
    }
  }

  /** Share of the squared change inside the mask over the mask's share. */
  private static double concentration(float[][] a, float[][] b, boolean[][] mask) {
    double inside = 0;
    double all = 0;
    double covered = 0;
    for (int l = 0; l < a.length; l++) {
      for (int k = 0; k < a[l].length; k++) {
        double d = (double) a[l][k] - b[l][k];
        d = Double.isNaN(d) ? 0 : d; // a flat lead
        all += d * d;
        inside += mask[l][k] ? d * d : 0;
        covered += mask[l][k] ? 1 : 0;
      }
    }
    return inside / all / (covered / (a.length * a[0].length));
  }

  @Test
  void aRateHasNoPlace() {
    assertTrue(EcgEvidence.of(Finding.SINUS_TACHYCARDIA, INFARCTION, recording()).isEmpty());
    assertTrue(EcgEvidence.of(Finding.CONSOLIDATION, INFARCTION, recording()).isEmpty());
  }

  @Test
  void everySimulatedFindingWithAPlaceHasSome() {
    ChestSimulator simulator = new ChestSimulator();
    EnumSet<Finding> seen = EnumSet.noneOf(Finding.class);
    for (long i = 0; i < 1500; i++) {
      ChestState state = simulator.state(7, i);
      if (seen.containsAll(state.findings(Modality.ECG))) {
        continue;
      }
      EcgRecording recording = simulator.ecg(state);
      for (Finding f : state.findings(Modality.ECG)) {
        EcgEvidence.of(f, state.ecg(), recording)
            .ifPresent(
                e -> {
                  int inside = 0;
                  for (boolean[] row : e.mask(1000, 100)) {
                    for (boolean b : row) {
                      inside += b ? 1 : 0;
                    }
                  }
                  assertTrue(inside > 0 && inside < 8500, f + " " + inside);
                  seen.add(f);
                });
      }
    }
    Set<Finding> placed = EnumSet.copyOf(Finding.shownBy(Modality.ECG));
    placed.removeAll(Set.of(Finding.SINUS_BRADYCARDIA, Finding.SINUS_TACHYCARDIA));
    assertEquals(placed, seen);
  }
}
