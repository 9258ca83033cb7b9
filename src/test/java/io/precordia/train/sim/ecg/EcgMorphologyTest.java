package io.precordia.train.sim.ecg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.state.EcgState.AxisClass;
import io.precordia.train.sim.state.EcgState.Conduction;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.EcgState.Territory;
import io.precordia.train.sim.state.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Textbook signs of each finding, read from the clean signal. */
class EcgMorphologyTest {
  private static final Map<Territory, int[]> LEADS =
      Map.of(
          Territory.ANTERIOR, new int[] {7, 8},
          Territory.INFERIOR, new int[] {2, 5},
          Territory.LATERAL, new int[] {0, 4});

  @Test
  void oldInfarctionHasBroadQWavesInItsTerritory() {
    for (EcgProbe p : EcgProbe.with(Finding.OLD_INFARCTION, 40, s -> quiet(s.ecg().rhythm()))) {
      Territory t = p.state.ecg().shape().oldInfarction();
      for (int lead : LEADS.get(t)) {
        assertTrue(p.qMs(lead) >= 20, t + " Q in row " + lead + " " + p.qMs(lead) + about(p));
        assertTrue(p.s(lead) > 0.08, t + " Q depth in row " + lead + about(p));
      }
    }
  }

  @Test
  void normalHeartsHaveNoBroadQWaves() {
    int broad = 0;
    List<EcgProbe> all = EcgProbe.without(Set.of(Finding.values()), 60);
    for (EcgProbe p : all) {
      broad += p.qMs(2) >= 24 && p.qMs(5) >= 24 ? 1 : 0;
      broad += p.qMs(7) >= 24 && p.qMs(8) >= 24 ? 1 : 0;
      broad += p.qMs(0) >= 24 && p.qMs(4) >= 24 ? 1 : 0;
    }
    assertTrue(broad <= 4, broad + " territories of 180");
  }

  @Test
  void rightHypertrophyHasADominantRInV1() {
    for (EcgProbe p : EcgProbe.with(Finding.RIGHT_VENTRICULAR_HYPERTROPHY, 30)) {
      assertTrue(p.r(6) > p.s(6), "R " + p.r(6) + " S " + p.s(6) + about(p));
      assertTrue(
          p.state.ecg().rhythm() == Rhythm.ATRIAL_FLUTTER || p.t(6) < 0, "strain" + about(p));
    }
  }

  @Test
  void axisIsWhatTheStateSays() {
    for (Finding f :
        List.of(
            Finding.RIGHT_AXIS_DEVIATION,
            Finding.FASCICULAR_BLOCK,
            Finding.OLD_INFARCTION,
            Finding.RIGHT_BUNDLE_BRANCH_BLOCK,
            Finding.LEFT_BUNDLE_BRANCH_BLOCK,
            Finding.LEFT_VENTRICULAR_HYPERTROPHY)) {
      for (EcgProbe p : EcgProbe.with(f, 15, s -> quiet(s.ecg().rhythm()))) {
        double axis = p.recording.measurements().axisDegrees();
        AxisClass c = p.state.ecg().axisClass();
        boolean ok =
            switch (c) {
              case LEFT -> axis < -30 && axis > -90;
              case RIGHT -> axis > 95 && axis < 180;
              case NORMAL -> axis > -28 && axis < 90;
            };
        assertTrue(ok, f + " " + c + " " + axis + about(p));
        Conduction k = p.state.ecg().conduction();
        boolean right =
            k == Conduction.RIGHT_BUNDLE_BRANCH_BLOCK
                || k == Conduction.INCOMPLETE_RIGHT_BUNDLE_BRANCH_BLOCK;
        double read = p.axis(right ? 0.5 : 1);
        assertEquals(0, Math.IEEEremainder(read - axis, 360), right ? 35 : 22, f + about(p));
      }
    }
  }

  @Test
  void acuteElevationAndIschaemiaAreInTheirTerritory() {
    for (EcgProbe p : EcgProbe.with(Finding.ST_ELEVATION, 20)) {
      for (int lead : LEADS.get(p.state.ecg().shape().stElevation())) {
        assertTrue(p.st(lead) > 0.05, "row " + lead + " " + p.st(lead) + about(p));
      }
    }
    for (EcgProbe p : EcgProbe.with(Finding.ISCHAEMIA, 30, s -> quiet(s.ecg().rhythm()))) {
      for (int lead : LEADS.get(p.state.ecg().shape().ischaemia())) {
        boolean lowered = p.st(lead) < -0.03;
        boolean inverted = p.t(lead) < -0.05;
        assertTrue(
            lowered || inverted, "row " + lead + " " + p.st(lead) + " " + p.t(lead) + about(p));
      }
    }
  }

  @Test
  void pericarditisRaisesStNearlyEverywhereAndLowersPr() {
    for (EcgProbe p :
        EcgProbe.with(Finding.PERICARDITIS, 15, s -> s.ecg().rhythm() == Rhythm.SINUS)) {
      int up = 0;
      for (int lead : new int[] {0, 1, 5, 8, 9, 10, 11}) {
        // The PR segment is depressed, so ST is measured against the level before P.
        up +=
            p.overBeats(f -> p.mv[lead][f.qrsOffset() + 10] - p.mv[lead][f.pOnset()]) > 0.02
                ? 1
                : 0;
      }
      assertTrue(up >= 5, up + " of 7 leads" + about(p));
      assertTrue(p.overBeats(f -> p.mv[1][f.qrsOnset() - 3] - p.mv[1][f.pOnset()]) < -0.01);
    }
  }

  @Test
  void hyperkalaemiaHasTallNarrowTAndBroadQrs() {
    for (EcgProbe p : EcgProbe.with(Finding.HYPERKALAEMIA, 15)) {
      EcgProbe calm = new EcgProbe(p.state.without(Finding.HYPERKALAEMIA));
      double tall = Math.max(Math.max(p.t(8), p.t(9)), p.t(7));
      double usual = Math.max(Math.max(calm.t(8), calm.t(9)), calm.t(7));
      assertTrue(tall > 1.4 * usual, tall + " against " + usual + about(p));
      assertTrue(p.recording.measurements().qrsMs() >= 120);
    }
  }

  @Test
  void preExcitationHasAShortPrAndASlowStart() {
    for (EcgProbe p : EcgProbe.with(Finding.PRE_EXCITATION, 15)) {
      assertTrue(p.recording.measurements().prMs() < 120);
      assertTrue(p.recording.measurements().qrsMs() > 110);
      EcgProbe free = new EcgProbe(p.state.without(Finding.PRE_EXCITATION));
      assertTrue(share(p) < 0.5 * share(free) + 0.25, share(p) + " " + share(free) + about(p));
    }
  }

  /** Size of the vector 30 ms after onset against its largest, over the leads I, aVF and V2. */
  private static double share(EcgProbe p) {
    return p.overBeats(
        f -> {
          double early = 0;
          double most = 1e-9;
          for (int i = f.qrsOnset(); i <= f.qrsOffset(); i++) {
            double size = 0;
            for (int lead : new int[] {0, 5, 7}) {
              size += Math.abs(p.at(f, lead, i));
            }
            most = Math.max(most, size);
            early = i == f.qrsOnset() + 15 ? size : early;
          }
          return early / most;
        });
  }

  @Test
  void bundleBranchBlocksHaveTheirShape() {
    for (EcgProbe p : EcgProbe.with(Finding.LEFT_BUNDLE_BRANCH_BLOCK, 20)) {
      assertTrue(p.recording.measurements().qrsMs() >= 120);
      assertTrue(p.s(6) > 2 * p.r(6), "V1 is negative" + about(p));
      assertTrue(p.r(11) > p.s(11), "V6 is positive" + about(p));
    }
    for (EcgProbe p : EcgProbe.with(Finding.RIGHT_BUNDLE_BRANCH_BLOCK, 20)) {
      assertTrue(p.recording.measurements().qrsMs() >= 120);
      double late = p.overBeats(f -> p.extreme(f, 6, middle(f), f.qrsOffset(), 1));
      double sixth = p.overBeats(f -> p.extreme(f, 11, middle(f), f.qrsOffset(), -1));
      assertTrue(late > 0.2, "late R in V1 " + late + about(p));
      assertTrue(sixth > 0.1, "late S in V6 " + sixth + about(p));
    }
  }

  private static int middle(Fiducials f) {
    return (f.qrsOnset() + f.qrsOffset()) / 2;
  }

  @Test
  void lowVoltageIsLowInTheLimbLeads() {
    for (EcgProbe p : EcgProbe.with(Finding.LOW_VOLTAGE, 25)) {
      for (int lead = 0; lead < 6; lead++) {
        assertTrue(p.r(lead) + p.s(lead) < 0.5, "row " + lead + about(p));
      }
    }
  }

  @Test
  void longQtIsLong() {
    for (EcgProbe p : EcgProbe.with(Finding.LONG_QT, 15)) {
      assertTrue(p.recording.measurements().qtcMs() > 470, p.recording.measurements() + about(p));
    }
    for (EcgProbe p : EcgProbe.without(Set.of(Finding.values()), 30)) {
      assertTrue(p.recording.measurements().qtcMs() < 460);
    }
  }

  @Test
  void onlyPacedRhythmHasSpikes() {
    for (EcgProbe p : EcgProbe.with(Finding.PACED_RHYTHM, 15)) {
      assertTrue(p.spike() > 0.3, p.spike() + about(p));
      assertTrue(p.recording.measurements().qrsMs() > 140);
    }
    for (EcgProbe p : EcgProbe.without(Set.of(Finding.PACED_RHYTHM), 40)) {
      assertTrue(p.spike() < 0.1, p.spike() + about(p));
    }
  }

  private static boolean quiet(Rhythm rhythm) {
    return rhythm == Rhythm.SINUS;
  }

  private static String about(EcgProbe p) {
    return " in " + p.state.index() + " " + p.state.ecg().findings();
  }
}
