package io.precordia.train.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
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
          List.of(
              new Calibration.Label(
                  "pleural-effusion",
                  Modality.XRAY,
                  List.of("pleural effusion", "pleural fluid"),
                  List.of("There is pleural effusion."),
                  List.of("No pleural effusion."),
                  new PlattScaling(2, -1),
                  100,
                  20)));

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
