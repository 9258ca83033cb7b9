package io.precordia.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.Encoder;
import io.precordia.study.Ecg;
import io.precordia.study.Modality;
import io.precordia.study.Pixels;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.PromptEnsemble;
import io.precordia.train.sim.ChestSimulator;
import io.precordia.train.sim.SimulatedStudy;
import io.precordia.train.sim.state.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights in this repository, on simulated patients that training never saw. */
class ShippedModelTest {
  private static final Path FOLDER = Path.of("models", "precordia-more");
  private static final long UNSEEN = 3000;
  private static Encoder encoder;
  private static final List<SimulatedStudy> STUDIES = new ArrayList<>();

  @BeforeAll
  static void open() {
    encoder = ModelFolder.open(FOLDER);
    ChestSimulator simulator = new ChestSimulator();
    for (int i = 0; i < 60; i++) {
      STUDIES.add(simulator.study(UNSEEN, i));
    }
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private static double precision(float[][] gallery, String text, Modality modality, Finding f) {
    float[] query = encoder.embedTexts(List.of(text))[0];
    Integer[] order = new Integer[gallery.length];
    double[] score = new double[gallery.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      for (int d = 0; d < query.length; d++) {
        score[i] += query[d] * gallery[i][d];
      }
    }
    java.util.Arrays.sort(order, (a, b) -> Double.compare(score[b], score[a]));
    int hits = 0;
    for (int k = 0; k < 3; k++) {
      hits += STUDIES.get(order[k]).findings(modality).contains(f) ? 1 : 0;
    }
    return hits / 3.0;
  }

  @Test
  void wordsFindTheEcgsTheyDescribe() {
    List<Ecg> ecgs = STUDIES.stream().map(SimulatedStudy::ecg).toList();
    float[][] gallery = encoder.embedEcgs(ecgs);
    assertTrue(
        precision(
                gallery, "There is atrial fibrillation.", Modality.ECG, Finding.ATRIAL_FIBRILLATION)
            >= 2 / 3.0);
    for (float[] v : gallery) {
      double square = 0;
      for (float x : v) {
        square += x * x;
      }
      assertEquals(1, square, 1e-4);
    }
  }

  @Test
  void wordsFindTheRadiographsTheyDescribe() {
    List<Pixels> images = STUDIES.stream().map(SimulatedStudy::pixels).toList();
    float[][] gallery = encoder.embedXrays(images);
    assertTrue(
        precision(gallery, "There is cardiomegaly.", Modality.XRAY, Finding.CARDIOMEGALY)
            >= 2 / 3.0);
  }

  @Test
  void calibratedProbabilitiesTellPatientsApart() {
    Calibration calibration = Calibration.read(FOLDER);
    Calibration.Label label = calibration.find(Modality.ECG, "atrial fibrillation").orElseThrow();
    float[] direction =
        PromptEnsemble.of(label.assertions(), label.denials(), encoder::embedTexts)
            .direction(calibration.denialWeight());
    float[][] gallery = encoder.embedEcgs(STUDIES.stream().map(SimulatedStudy::ecg).toList());
    double with = 0;
    double without = 0;
    int patients = 0;
    for (int i = 0; i < gallery.length; i++) {
      double score = 0;
      for (int d = 0; d < direction.length; d++) {
        score += gallery[i][d] * direction[d];
      }
      double p = label.scaling().probability(score);
      if (STUDIES.get(i).findings(Modality.ECG).contains(Finding.ATRIAL_FIBRILLATION)) {
        with += p;
        patients++;
      } else {
        without += p;
      }
    }
    assertTrue(with / patients > 0.5, "with fibrillation: " + with / patients);
    assertTrue(without / (gallery.length - patients) < 0.2, "without: " + without);
  }

  @Test
  void aBatchChangesNothing() {
    List<Pixels> two = List.of(STUDIES.get(0).pixels(), STUDIES.get(1).pixels());
    float[] alone = encoder.embedXrays(two.subList(1, 2))[0];
    float[] together = encoder.embedXrays(two)[1];
    for (int d = 0; d < alone.length; d++) {
      assertEquals(alone[d], together[d], 1e-5);
    }
  }

  @Test
  void provenanceNamesTheWeights() {
    assertEquals("precordia-more", encoder.ref().id());
    assertEquals(64, encoder.ref().sha256().length());
    assertEquals(128, encoder.dimension());
  }

  @Test
  void aChangedFileIsRefused(@TempDir Path copy) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path constants = copy.resolve("preprocessing.json");
    Files.writeString(constants, Files.readString(constants).replace("0.499", "0.498"));
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> ModelFolder.open(copy)).code());
    Files.delete(constants);
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> ModelFolder.open(copy)).code());
  }
}
