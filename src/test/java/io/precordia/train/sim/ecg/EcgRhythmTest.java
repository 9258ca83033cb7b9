package io.precordia.train.sim.ecg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.ecg.EcgPreprocessor;
import io.precordia.train.sim.ecg.EcgRecording.Fiducials;
import io.precordia.train.sim.ecg.EcgRecording.Origin;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.EcgState.AvBlock;
import io.precordia.train.sim.state.EcgState.Rhythm;
import io.precordia.train.sim.state.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Order of events, rhythm by rhythm. */
class EcgRhythmTest {
  private final ChestStateSampler sampler = new ChestStateSampler();
  private final EcgSimulator simulator = new EcgSimulator();

  @Test
  void fiducialsAreInOrder() {
    for (int i = 0; i < 400; i++) {
      ChestState s = sampler.sample(51, i);
      int before = -1;
      for (Fiducials f : simulator.record(s).beats()) {
        assertTrue(f.qrsOnset() > before, "beats in order, study " + i);
        assertTrue(f.pOnset() < f.qrsOnset() && f.qrsOnset() < f.rPeak());
        assertTrue(f.rPeak() < f.qrsOffset() && f.qrsOffset() < f.tEnd());
        assertTrue(f.tEnd() < EcgSimulator.SAMPLES);
        before = f.qrsOnset();
      }
      assertTrue(before > 0, "at least one beat, study " + i);
    }
  }

  @Test
  void prIsStatedOnlyWhereItIsConstant() {
    for (int i = 0; i < 400; i++) {
      ChestState s = sampler.sample(52, i);
      EcgRecording r = simulator.record(s);
      double pr = r.measurements().prMs();
      boolean constant =
          s.ecg().rhythm() == Rhythm.SINUS
              || (s.ecg().rhythm() == Rhythm.SECOND_DEGREE_AV_BLOCK
                  && s.ecg().timing().avBlock() != AvBlock.WENCKEBACH);
      assertEquals(constant, !Double.isNaN(pr), "study " + i);
      for (Fiducials f : r.beats()) {
        if (constant && f.origin() == Origin.CONDUCTED) {
          assertEquals(pr, 2.0 * (f.qrsOnset() - f.pOnset()), 3);
        }
      }
    }
  }

  @Test
  void wenckebachPrGrowsUntilABeatDrops() {
    for (EcgProbe p : block(AvBlock.WENCKEBACH, 8)) {
      int grown = 0;
      int drops = 0;
      List<Fiducials> beats = p.recording.beats();
      for (int i = 1; i < beats.size(); i++) {
        int pr = beats.get(i).qrsOnset() - beats.get(i).pOnset();
        int last = beats.get(i - 1).qrsOnset() - beats.get(i - 1).pOnset();
        grown += pr > last ? 1 : 0;
        drops += pr < last ? 1 : 0;
      }
      assertTrue(grown > 0 && drops > 0, grown + " " + drops + " in " + p.state.index());
    }
  }

  @Test
  void mobitzDropsBeatsAtConstantPr() {
    for (EcgProbe p : block(AvBlock.MOBITZ, 6)) {
      List<Fiducials> beats = p.recording.beats();
      int least = Integer.MAX_VALUE;
      int most = 0;
      for (int i = 1; i < beats.size(); i++) {
        int rr = beats.get(i).qrsOnset() - beats.get(i - 1).qrsOnset();
        least = Math.min(least, rr);
        most = Math.max(most, rr);
      }
      assertTrue(most > 1.75 * least && most < 2.3 * least, most + " against " + least);
    }
  }

  @Test
  void completeBlockHasARegularEscapeAndNoPBelongingToIt() {
    for (EcgProbe p : block(AvBlock.COMPLETE, 8)) {
      List<Fiducials> beats = p.recording.beats();
      for (Fiducials f : beats) {
        assertEquals(-1, f.pOnset());
        assertEquals(Origin.ESCAPE, f.origin());
      }
      RhythmPlan plan = RhythmPlan.draw(p.state.ecg(), 10_000, p.state.random("rhythm"));
      assertTrue(plan.waves().size() > plan.beats().size(), "more P than QRS");
      double least = 1;
      double most = 0;
      for (Beat b : plan.beats()) {
        double phase = (b.onsetMs() / 60000 * p.state.ecg().timing().atrialRate()) % 1;
        least = Math.min(least, phase);
        most = Math.max(most, phase);
      }
      assertTrue(most - least > 0.1, "QRS falls anywhere between P waves");
      assertTrue(p.recording.measurements().ventricularRateBpm() < 56);
    }
  }

  private static List<EcgProbe> block(AvBlock kind, int count) {
    return EcgProbe.with(
        Finding.HIGHER_DEGREE_AV_BLOCK, count, s -> s.ecg().timing().avBlock() == kind);
  }

  @Test
  void flutterWavesAreInTheInferiorLeadsAndRegular() {
    int seen = 0;
    for (EcgProbe p : EcgProbe.with(Finding.ATRIAL_FLUTTER, 20)) {
      double hz = p.state.ecg().timing().flutterRate() / 60;
      // A harmonic of the sinus rate of the same patient may fall on the flutter rate.
      EcgProbe still = new EcgProbe(p.state.without(Finding.ATRIAL_FLUTTER));
      seen += power(p, 5, hz) > 5 * power(still, 5, hz) ? 1 : 0;
      for (Fiducials f : p.recording.beats()) {
        assertEquals(-1, f.pOnset());
      }
    }
    assertTrue(seen >= 17, seen + " of 20");
  }

  /** Mean power of a lead at one frequency and twice of it, by correlation. */
  private static double power(EcgProbe p, int lead, double hz) {
    double re = 0;
    double im = 0;
    for (int i = 0; i < EcgSimulator.SAMPLES; i++) {
      double a = 2 * Math.PI * hz * i / EcgSimulator.RATE_HZ;
      re += p.mv[lead][i] * Math.cos(a);
      im += p.mv[lead][i] * Math.sin(a);
    }
    return re * re + im * im;
  }

  @Test
  void prematureAtrialBeatsAreEarlyNarrowAndOfAnotherShape() {
    for (EcgProbe p : EcgProbe.with(Finding.ATRIAL_PREMATURE_BEATS, 20)) {
      List<Fiducials> beats = p.recording.beats();
      int seen = 0;
      double mean = 60_000 / p.state.ecg().rateBpm() / 2;
      for (int i = 1; i < beats.size(); i++) {
        Fiducials f = beats.get(i);
        if (f.origin() == Origin.ATRIAL_PREMATURE) {
          seen++;
          assertTrue(f.qrsOnset() - beats.get(i - 1).qrsOnset() < 0.9 * mean);
          assertEquals(p.recording.measurements().qrsMs(), 2.0 * (f.qrsOffset() - f.qrsOnset()), 3);
        }
      }
      assertTrue(seen >= 1 && seen <= p.state.ecg().atrialBeats(), "in " + p.state.index());
    }
  }

  @Test
  void aDrawnFindingIsRealised() {
    for (int i = 0; i < 600; i++) {
      ChestState s = sampler.sample(53, i);
      List<Fiducials> beats = simulator.record(s).beats();
      assertEquals(
          s.ecg().has(Finding.VENTRICULAR_PREMATURE_BEATS),
          any(beats, Origin.VENTRICULAR_PREMATURE),
          "study " + i);
      assertEquals(
          s.ecg().has(Finding.ATRIAL_PREMATURE_BEATS),
          any(beats, Origin.ATRIAL_PREMATURE),
          "study " + i);
      assertEquals(s.ecg().has(Finding.PACED_RHYTHM), any(beats, Origin.PACED), "study " + i);
    }
  }

  private static boolean any(List<Fiducials> beats, Origin origin) {
    return beats.stream().anyMatch(f -> f.origin() == origin);
  }

  @Test
  void lowVoltageShowsAlsoWithoutVoltage() {
    List<Double> low = new ArrayList<>();
    List<Double> usual = new ArrayList<>();
    for (EcgProbe p : EcgProbe.with(Finding.LOW_VOLTAGE, 60)) {
      low.add(roughness(p.state));
    }
    for (EcgProbe p : EcgProbe.without(Set.of(Finding.LOW_VOLTAGE), 60)) {
      usual.add(roughness(p.state));
    }
    double above = 0;
    for (double a : low) {
      for (double b : usual) {
        above += a > b ? 1 : 0;
      }
    }
    double auroc = above / low.size() / usual.size();
    assertTrue(auroc > 0.8, "AUROC of relative noise in z-scores " + auroc);
  }

  /** Median step between neighbouring z-scores: mostly noise, as QRS takes a tenth of the time. */
  private double roughness(ChestState s) {
    float[] z = new EcgPreprocessor().prepare(simulator.record(s).ecg());
    double[] steps = new double[z.length - 1];
    for (int i = 1; i < z.length; i++) {
      steps[i - 1] = Math.abs(z[i] - z[i - 1]);
    }
    Arrays.sort(steps);
    return steps[steps.length / 2];
  }

  @Test
  void reversedArmsAndOpenLeadsAreVisible() {
    int reversed = 0;
    int open = 0;
    for (long i = 0; reversed < 2 || open < 3; i++) {
      ChestState s = sampler.sample(54, i);
      if (s.ecg().technical().armReversal()) {
        reversed++;
        EcgProbe straight = new EcgProbe(s);
        float[] one = simulator.record(s).ecg().millivolts()[0];
        double product = 0;
        for (int t = 0; t < one.length; t++) {
          product += one[t] * straight.mv[0][t];
        }
        assertTrue(product < 0, "lead I is inverted");
      }
      for (int v = 1; v <= 6; v++) {
        if (s.ecg().technical().open(v)) {
          open++;
          for (float x : simulator.record(s).ecg().millivolts()[5 + v]) {
            assertEquals(0, x);
          }
        }
      }
    }
  }

  @Test
  void theSameStateGivesTheSameBits() {
    for (int i = 0; i < 30; i++) {
      ChestState s = sampler.sample(55, i);
      EcgRecording a = new EcgSimulator().record(s);
      EcgRecording b = new EcgSimulator().record(sampler.sample(55, i));
      assertEquals(a.measurements(), b.measurements());
      for (int lead = 0; lead < 12; lead++) {
        assertArrayEquals(a.ecg().millivolts()[lead], b.ecg().millivolts()[lead]);
      }
    }
  }
}
