package io.precordia.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.HashingEncoder;
import io.precordia.train.eval.Calibration;
import io.precordia.train.eval.Figure;
import io.precordia.train.folder.FolderJob;
import io.precordia.train.folder.FolderOutcome;
import io.precordia.train.recipe.FolderRecipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny folder of films, an ECG and a file that is neither. */
class FolderEvaluationTest {
  @TempDir Path dir;

  @BeforeEach
  void files() throws IOException {
    for (int i = 0; i < 6; i++) {
      BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
      for (int x = 0; x < 64 * 64; x++) {
        image.getRaster().setSample(x % 64, x / 64, 0, (x * (i + 3)) % 251);
      }
      ImageIO.write(image, "png", dir.resolve("film" + i + ".png").toFile());
    }
    Files.writeString(dir.resolve("broken.png"), "no image");
    manifest(
        """
        film0.png,A,Effusion|Mass,AP,test,Pleural effusion on the left.
        film1.png,A,Mass,AP,test,A mass in the right lung.
        film2.png,B,Effusion,PA,test,Pleural effusion on the right.
        film3.png,C,,PA,test,Clear lungs.
        film4.png,D,,PA,test,
        film5.png,E,Effusion,PA,train,Pleural effusion.
        broken.png,F,Effusion,PA,test,Unread.
        """);
  }

  private void manifest(String rows) throws IOException {
    Files.writeString(dir.resolve("m.csv"), "file,patient,labels,view,split,report\n" + rows);
  }

  private FolderRecipe recipe(String changed, String to) throws IOException {
    String text =
        """
        kind: folder
        model: unused
        folder: .
        manifest: m.csv
        output: out
        columns: {file: file, subject: patient, labels: labels, report: report, group: view, split: split}
        split: test
        separator: "|"
        labels: {Effusion: pleural-effusion, Mass: {assert: [There is a mass.], deny: [No mass.]}}
        resamples: 50
        seed: 1
        """;
    assertTrue(text.contains(changed), changed);
    Path file = dir.resolve("recipe.yaml");
    Files.writeString(file, text.replace(changed, to));
    assertTrue(FolderRecipe.describes(file));
    return FolderRecipe.read(file);
  }

  private FolderOutcome run(FolderRecipe recipe) {
    try (HashingEncoder encoder = new HashingEncoder()) {
      return new FolderJob(recipe, dir, new ServiceEvidence(encoder, Calibration.NONE), done -> {})
          .run();
    }
  }

  private static ErrorCode code(org.junit.jupiter.api.function.Executable job) {
    return assertThrows(PrecordiaException.class, job).code();
  }

  @Test
  void labelsGroupsAndReportsAreMeasuredOnTheAskedSplit() throws IOException {
    FolderOutcome outcome = run(recipe("seed: 1", "seed: 1"));
    assertEquals(6, outcome.rows());
    assertEquals(5, outcome.embedded());
    assertEquals(1, outcome.failed().values().stream().mapToInt(Integer::intValue).sum());
    List<String> tasks = outcome.figures().stream().map(Figure::task).distinct().toList();
    assertTrue(
        tasks.containsAll(
            List.of("Effusion", "Effusion, view AP", "Mass", "XRAY → report", "report → XRAY")),
        tasks::toString);
    Figure area = outcome.figures().getFirst();
    assertEquals(5, area.records());
    assertEquals(2, area.positives());
    assertTrue(Files.isRegularFile(dir.resolve("out/folder.json")));
  }

  @Test
  void everyLabelMayBeAColumnOfItsOwn() throws IOException {
    Files.writeString(
        dir.resolve("m.csv"),
        "file,patient,Effusion,Mass,view,split,report\n"
            + "film0.png,A,1,0,AP,test,\nfilm1.png,B,0,1,AP,test,\nfilm2.png,C,-1,0,AP,test,\n");
    FolderOutcome outcome = run(recipe("labels: labels", "labels: null"));
    Figure effusion = outcome.figures().getFirst();
    assertEquals(2, effusion.records(), "an unknown label is left out");
    assertEquals(1, effusion.positives());
  }

  @Test
  void mistakesAreNamedBeforeAnythingIsEmbedded() throws IOException {
    FolderRecipe good = recipe("seed: 1", "seed: 1");
    FolderRecipe noColumn = recipe("file: file", "file: path");
    assertEquals(ErrorCode.INVALID_CONFIGURATION, code(() -> run(noColumn)));
    FolderRecipe noFact = recipe("pleural-effusion", "effusion-of-joy");
    assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> run(noFact)));
    FolderRecipe noSplit = recipe("split: test", "split: holdout");
    assertEquals(ErrorCode.INVALID_CONFIGURATION, code(() -> run(noSplit)));
    manifest("film0.png,A,,AP,test,\nfilm1.png,A,,AP,train,\n");
    assertEquals(ErrorCode.INVALID_CONFIGURATION, code(() -> run(good)), "subject in two splits");
    manifest("absent.png,A,,AP,test,\n");
    assertEquals(ErrorCode.NOT_FOUND, code(() -> run(good)));
  }

  @Test
  void recipesAreStrict() {
    for (Map.Entry<String, String> change :
        Map.of(
                "seed: 1", "seed: 1\nsurprise: 2",
                "resamples: 50", "resamples: 0",
                "assert: [There is a mass.]", "asert: [There is a mass.]",
                "separator: \"|\"", "separator: null")
            .entrySet()) {
      assertEquals(
          ErrorCode.INVALID_CONFIGURATION,
          code(() -> recipe(change.getKey(), change.getValue())),
          change.getValue());
    }
  }
}
