package io.precordia.api.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.api.DestinationConfig;
import io.precordia.dicom.result.Analysis;
import io.precordia.dicom.result.Finding;
import io.precordia.dicom.result.ResultKind;
import io.precordia.dicom.result.ResultObject;
import io.precordia.dicom.result.ResultSource;
import io.precordia.study.ModelRef;
import io.precordia.study.Pixels;
import io.precordia.train.sim.SimulationWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultRulesTest {
  @TempDir Path dir;

  private AnalysedInstance film(Finding... findings) throws IOException {
    new SimulationWriter(64).writeStudy(dir, 3, 1);
    return new AnalysedInstance(
        ResultSource.read(Files.readAllBytes(dir.resolve("xray.dcm"))),
        new Pixels(64, 64, new float[64 * 64]),
        new Analysis(
            "1",
            new ModelRef("m", "1", "c".repeat(64), List.of(), "p"),
            Instant.EPOCH,
            List.of(findings)),
        Map.of());
  }

  private static Finding finding(String fact, double probability, Finding.Verdict verdict) {
    return new Finding(fact, probability, null, verdict, null);
  }

  private static boolean wants(DestinationConfig.When when, AnalysedInstance analysed) {
    return new ResultRules("d", Set.of(ResultKind.SR), null, when, 0.8).wants(analysed);
  }

  @Test
  void aFindingCountsWhenItIsPresentProbableEnoughAndNotNormal() throws IOException {
    AnalysedInstance sick = film(finding("pneumonia", 0.85, Finding.Verdict.PRESENT));
    AnalysedInstance doubtful = film(finding("pneumonia", 0.79, Finding.Verdict.PRESENT));
    AnalysedInstance undecided = film(finding("pneumonia", 0.95, Finding.Verdict.UNDECIDED));
    AnalysedInstance well = film(finding("normal-chest", 0.99, Finding.Verdict.PRESENT));
    assertTrue(wants(DestinationConfig.When.FINDING, sick));
    for (AnalysedInstance no : List.of(doubtful, undecided, well)) {
      assertFalse(wants(DestinationConfig.When.FINDING, no));
      assertTrue(wants(DestinationConfig.When.ALWAYS, no));
    }
    assertFalse(wants(DestinationConfig.When.REQUEST, sick));
  }

  @Test
  void withoutEvidenceThereIsAReportAndNoPicture() throws IOException {
    Set<ResultKind> all = EnumSet.allOf(ResultKind.class);
    assertEquals(
        List.of(ResultKind.SR),
        new ResultMaker()
            .objects(film(finding("pneumonia", 0.9, Finding.Verdict.PRESENT)), all).stream()
                .map(ResultObject::kind)
                .toList());
    assertEquals(List.of(), new ResultMaker().objects(film(), all));
  }
}
