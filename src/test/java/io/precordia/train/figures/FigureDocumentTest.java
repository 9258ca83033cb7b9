package io.precordia.train.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.train.eval.Figure;
import io.precordia.train.metrics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureDocumentTest {
  private static final Chart CHART =
      new Chart(
          "curve",
          "A & B",
          "x",
          "y",
          List.of(new Chart.Tick(0, "0"), new Chart.Tick(1, "1")),
          0,
          1,
          true,
          List.of(new Chart.Line("l", List.of(new Chart.Point(0.5, 0.5, 0.4, 0.6)))));

  private static Figure figure(String metric) {
    return new Figure("task", metric, 10, 4, new Interval(0.9, 0.8, 0.95, 10), 0.5);
  }

  @Test
  void onlyWhatIsBetweenTheMarkersChanges(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("doc.md");
    Files.writeString(
        file,
        "Before\n<!-- figures:model --><!-- /figures:model -->\nProse\n<!-- figures:one -->\nold\n"
            + "<!-- /figures:one -->\nAfter\n");
    Section one = new Section("one", List.of(figure("AUROC"), figure("AUPRC")), List.of(CHART));
    FigureDocument document = new FigureDocument(file);
    document.renew(List.of(one), Map.of("model", "M"));
    String first = Files.readString(file);
    document.renew(List.of(one), Map.of("model", "M"));
    assertEquals(first, Files.readString(file));
    assertTrue(first.startsWith("Before\n") && first.endsWith("After\n"), first);
    assertTrue(first.contains("| task | 10 | 4 | 0.900 (0.800 to 0.950) | 0.900"), first);
    assertTrue(!first.contains("old") && first.contains("](doc/curve.svg)"), first);
    assertTrue(Files.readString(dir.resolve("doc/curve.svg")).contains("A &amp; B"));
    assertEquals(
        ErrorCode.INVALID_CONFIGURATION,
        assertThrows(
                PrecordiaException.class,
                () -> document.renew(List.of(new Section("two", List.of(), List.of())), Map.of()))
            .code());
  }
}
