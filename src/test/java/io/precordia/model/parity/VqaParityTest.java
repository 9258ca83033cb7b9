package io.precordia.model.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BLIP and the BLIP-2 Q-Former against the reference implementation's outputs. */
class VqaParityTest {
  @Test
  void qFormer() {
    GoldenFolders.assertAgrees("qformer", 1);
  }

  @Test
  void blip() {
    GoldenFolders.assertAgrees("blip_vqa", 5);
  }

  @Test
  void labelSmoothingChangesTheLossOnly(@TempDir Path folder) throws IOException {
    Path altered =
        GoldenFolders.altered(
            "blip_vqa", folder, "\"label_smoothing\": 0.0", "\"label_smoothing\": 0.3");
    List<String> failed =
        GoldenFolders.check(altered).stream()
            .filter(d -> !d.passed())
            .map(Deviation::output)
            .toList();
    assertEquals(List.of("loss"), failed);
  }
}
