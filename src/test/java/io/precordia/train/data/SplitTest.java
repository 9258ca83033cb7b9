package io.precordia.train.data;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.XrayPreprocessor;
import io.precordia.train.text.FactVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitTest {
  @TempDir Path dir;

  private record Row(String patient, String split) {}

  private static void check(Row... rows) {
    Split.requireDisjoint("hospital", List.of(rows), Row::patient, Row::split);
  }

  @Test
  void aPatientLiesInOneSplit() {
    assertDoesNotThrow(
        () -> check(new Row("1", "train"), new Row("1", "train"), new Row("2", "test")));
    refused(() -> check(new Row("17", "train"), new Row("2", "val"), new Row("17", "test")));
    refused(() -> check(new Row("1", "training")));
  }

  /** Every source refuses before it reads a single image. */
  @Test
  void aLeakingManifestStopsTheLoad() throws IOException {
    Files.writeString(
        dir.resolve("manifest.csv"),
        """
        file,patient,view,sex,labels,split
        a.png,17,PA,M,No Finding,train
        b.png,17,PA,M,Pneumonia,val
        """);
    NihCorpus corpus = new NihCorpus(FactVocabulary.standard(), new XrayPreprocessor());
    refused(() -> corpus.load(dir, Split.TRAIN));
  }

  private static void refused(Runnable work) {
    PrecordiaException e = assertThrows(PrecordiaException.class, work::run);
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    assertFalse(String.valueOf(e.getMessage()).contains("17"), "the message names a patient");
  }
}
