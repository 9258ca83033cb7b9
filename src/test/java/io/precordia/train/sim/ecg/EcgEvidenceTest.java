package io.precordia.train.sim.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.EnumSet;
import java.util.List;
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
  void aRateHasNoPlace() {
    assertTrue(EcgEvidence.of(Finding.SINUS_TACHYCARDIA, INFARCTION, recording()).isEmpty());
    assertTrue(EcgEvidence.of(Finding.CONSOLIDATION, INFARCTION, recording()).isEmpty());
  }

  @Test
  void everySimulatedFindingWithAPlaceHasSome() {
    ChestSimulator simulator = new ChestSimulator();
    EnumSet<Finding> seen = EnumSet.noneOf(Finding.class);
    for (long i = 0; i < 200; i++) {
      ChestState state = simulator.state(7, i);
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
                  assertTrue(inside > 0 && inside < 6000, f + " " + inside);
                  seen.add(f);
                });
      }
    }
    assertTrue(seen.contains(Finding.ST_ELEVATION), seen.toString());
    assertTrue(seen.contains(Finding.LEFT_BUNDLE_BRANCH_BLOCK), seen.toString());
    assertFalse(seen.contains(Finding.SINUS_BRADYCARDIA));
  }
}
