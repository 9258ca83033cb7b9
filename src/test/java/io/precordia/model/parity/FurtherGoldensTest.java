package io.precordia.model.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goldens that the shared set lacks, small ones with random weights, made by the reference library
 * (transformers 5.17 on another machine): DINOv2 with registers, XLM-RoBERTa, and a Q-Former with
 * text behind its queries.
 */
class FurtherGoldensTest {
  private static void agrees(String name, int outputs) {
    List<Deviation> all = GoldenFolders.check(Path.of("src", "test", "resources", "goldens", name));
    assertEquals(outputs, all.size());
    assertTrue(all.stream().allMatch(Deviation::passed), () -> name + ": " + all);
  }

  @Test
  void dinov2WithRegisters() {
    agrees("dinov2_registers", 2);
  }

  @Test
  void xlmRoberta() {
    agrees("xlm_roberta", 2);
  }

  @Test
  void qFormerWithText() {
    agrees("qformer_text", 1);
  }
}
