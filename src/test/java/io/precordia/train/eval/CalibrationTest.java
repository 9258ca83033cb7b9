package io.precordia.train.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import io.precordia.train.metrics.Abstention;
import io.precordia.train.metrics.PlattScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final Calibration ONE =
      new Calibration(
          "val",
          0.25,
          List.of(
              new Calibration.Label(
                  "pleural-effusion",
                  Modality.XRAY,
                  List.of("pleural effusion", "pleural fluid"),
                  List.of("There is pleural effusion."),
                  List.of("No pleural effusion."),
                  new PlattScaling(2, -1),
                  100,
                  20,
                  new Abstention(0.8, 0.2),
                  31,
                  List.of())),
          List.of(new KnownVocabulary(Modality.XRAY, 0.6, 0.9, 0.9, List.of("pleural effusion"))));

  @Test
  void aLabelIsFoundByAnyOfItsNamesInItsModality() {
    assertTrue(ONE.find(Modality.XRAY, " Pleural FLUID ").isPresent());
    assertTrue(ONE.find(Modality.XRAY, "pleural effusion").isPresent());
    assertTrue(ONE.find(Modality.ECG, "pleural effusion").isEmpty());
    assertTrue(ONE.find(Modality.XRAY, "effusion").isEmpty());
  }

  @Test
  void itTravelsInTheModelFolder(@TempDir Path folder) throws IOException {
    assertEquals(Calibration.NONE, Calibration.read(folder));
    ONE.write(folder);
    assertEquals(ONE, Calibration.read(folder));
    Files.writeString(folder.resolve(Calibration.FILE), "{\"split\":\"val\"}");
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> Calibration.read(folder)).code());
  }

  @Test
  void aFileOfVersion02HasNoThresholds(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve(Calibration.FILE),
        """
        {"split":"val","labels":[{"fact":"mass","modality":"XRAY","names":["mass"],
         "assertions":["Mass."],"denials":["No mass."],"scaling":{"slope":2,"offset":1},
         "records":50,"positives":12}]}""");
    Calibration old = Calibration.read(folder);
    assertNull(old.labels().getFirst().abstention());
    assertNull(old.labels().getFirst().decision(0.9));
    assertTrue(old.vocabulary(Modality.XRAY).isEmpty());
    Files.writeString(
        folder.resolve(Calibration.FILE),
        Files.readString(folder.resolve(Calibration.FILE)).replace("\"records\":50,", ""));
    assertEquals(
        ErrorCode.BAD_WEIGHTS,
        assertThrows(PrecordiaException.class, () -> Calibration.read(folder)).code());
  }

  /** A study unlike the others may score high for a cause of what it does not show. */
  @Test
  void aFindingIsNoLikelierThanWhatItImplies() {
    Calibration both =
        new Calibration(
            "val", List.of(label("pneumonia", List.of()), label("viral", List.of("pneumonia"))));
    Calibration.Label viral = both.labels().getLast();
    PlattScaling scaling = viral.scaling();
    assertEquals(
        scaling.probability(-2), both.presence(viral, l -> l.equals(viral) ? 3 : -2), 1e-12);
    assertEquals(
        scaling.probability(-2), both.presence(viral, l -> l.equals(viral) ? -2 : 3), 1e-12);
    assertEquals(scaling.probability(3), both.presence(both.labels().getFirst(), l -> 3), 1e-12);
  }

  private static Calibration.Label label(String fact, List<String> broader) {
    return new Calibration.Label(
        fact,
        Modality.XRAY,
        List.of(fact),
        List.of(),
        List.of(),
        new PlattScaling(1, 0),
        100,
        20,
        null,
        null,
        broader);
  }

  @Test
  void nearOneHalfNothingIsDecided() {
    Calibration.Label label = ONE.labels().getFirst();
    assertEquals(Decision.PRESENT, label.decision(0.71));
    assertEquals(Decision.ABSTAIN, label.decision(0.69));
    assertEquals(Decision.ABSTAIN, label.decision(0.31));
    assertEquals(Decision.ABSENT, label.decision(0.29));
    assertEquals("abstain", Decision.ABSTAIN.word());
  }

  @Test
  void theShippedWeightsCarryOneThatRisesWithTheScore() {
    Calibration shipped = Calibration.read(Path.of("models", "precordia-more"));
    assertEquals("val", shipped.split());
    assertTrue(shipped.find(Modality.XRAY, "pneumonia").isPresent());
    assertTrue(shipped.find(Modality.ECG, "atrial fibrillation").isPresent());
    for (Calibration.Label l : shipped.labels()) {
      assertTrue(l.scaling().slope() > 0 && l.positives() >= 10, l.fact());
    }
  }
}
