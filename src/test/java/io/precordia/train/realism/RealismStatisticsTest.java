package io.precordia.train.realism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.train.data.StudySample;
import io.precordia.train.metrics.Auroc;
import io.precordia.train.metrics.KolmogorovSmirnov;
import io.precordia.train.probe.CrossValidated;
import io.precordia.train.probe.ProbeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RealismStatisticsTest {
  private static final int SIDE = 128;

  @Test
  void momentsOfAHandMadeFilm() {
    byte[] octets = new byte[SIDE * SIDE];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i % SIDE < SIDE / 2 ? 100 : 200);
    }
    Map<String, Double> found = FilmStatistics.of(octets, SIDE);
    assertEquals(150, found.get("mean grey"), 1e-9);
    assertEquals(50, found.get("deviation of grey"), 1e-9);
    assertEquals(0, found.get("skewness"), 1e-9);
    assertEquals(1, found.get("kurtosis"), 1e-6);
    // One vertical edge: two columns of pixels of all but the border.
    assertEquals(2.0 / (SIDE - 2), found.get("edge density"), 1e-9);
  }

  @Test
  void noiseIsFlatAndAWalkFallsWithTheSquare() {
    Random random = new Random(1);
    byte[] noise = new byte[SIDE * SIDE];
    byte[] walk = new byte[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      double at = 128;
      for (int x = 0; x < SIDE; x++) {
        noise[y * SIDE + x] = (byte) random.nextInt(256);
        at = Math.clamp(at + random.nextGaussian() * 4, 0, 255);
        walk[y * SIDE + x] = (byte) Math.round(at);
      }
    }
    assertEquals(0, FilmStatistics.of(noise, SIDE).get("spectrum slope"), 0.15);
    assertEquals(-1.9, FilmStatistics.of(walk, SIDE).get("spectrum slope"), 0.35);
  }

  @Test
  void rateAndBandsOfARegularSignal() {
    short[] stored = new short[12 * 1000];
    for (int lead = 0; lead < 12; lead++) {
      for (int t = 0; t < 1000; t++) {
        // A beat every 0.8 s: 75 a minute.
        double d = (t % 80 - 40) / 2.0;
        stored[lead * 1000 + t] = (short) (5 * StudySample.ECG_SCALE * Math.exp(-d * d / 2));
      }
    }
    Map<String, Double> found = EcgStatistics.of(stored);
    assertEquals(75, found.get("heart rate, bpm"), 1);
    assertEquals(0, found.get("deviation of RR over mean"), 0.02);
    assertTrue(found.get("kurtosis of leads") > 5);
    double all =
        found.get("power below 1 Hz")
            + found.get("power 1 to 15 Hz")
            + found.get("power 15 to 50 Hz");
    assertEquals(1, all, 1e-6);
  }

  @Test
  void distanceOfDistributions() {
    assertEquals(0, KolmogorovSmirnov.of(new double[] {1, 2, 3}, new double[] {1, 2, 3}));
    assertEquals(1, KolmogorovSmirnov.of(new double[] {1, 2}, new double[] {3, 4}));
    // F jumps to 1/2 at 1 and to 1 at 3, G to 1 at 2: apart by 1/2.
    assertEquals(0.5, KolmogorovSmirnov.of(new double[] {1, 3}, new double[] {2, 2}), 1e-12);
  }

  /** Features that only name the patient must not help: his other records are held out too. */
  @Test
  void aPatientIsNeverInTrainingAndTest() {
    Random random = new Random(2);
    List<String> patients = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    float[][] own = new float[240][];
    float[][] told = new float[240][];
    boolean[] positive = new boolean[240];
    for (int i = 0; i < 240; i++) {
      int patient = i / 4;
      patients.add("p" + patient);
      groups.add("");
      SplittableRandom fixed = new SplittableRandom(patient);
      positive[i] = fixed.nextBoolean();
      own[i] = new float[20];
      told[i] = new float[20];
      for (int d = 0; d < 20; d++) {
        own[i][d] = (float) fixed.nextGaussian();
        told[i][d] = (float) (random.nextGaussian() + (positive[i] && d == 3 ? 3 : 0));
      }
    }
    double byPatient =
        Auroc.of(
            CrossValidated.scores(new ProbeSet(patients, groups, own, positive), 5, 0.1, 1),
            positive);
    double byTruth =
        Auroc.of(
            CrossValidated.scores(new ProbeSet(patients, groups, told, positive), 5, 0.1, 1),
            positive);
    assertTrue(byPatient < 0.7, "a patient was on both sides: " + byPatient);
    assertTrue(byTruth > 0.95, "the classifier does not learn: " + byTruth);
  }
}
