package io.precordia.model.parity;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LLaMA and Qwen3 against the reference implementation's outputs. */
class LlmParityTest {
  @Test
  void llama() {
    GoldenFolders.assertAgrees("llama", 3);
  }

  @Test
  void qwen3() {
    GoldenFolders.assertAgrees("qwen3", 2);
  }

  @Test
  void anotherRotationIsSeen(@TempDir Path folder) throws IOException {
    Path altered =
        GoldenFolders.altered("llama", folder, "\"rope_theta\": 10000.0", "\"rope_theta\": 9000.0");
    assertFalse(GoldenFolders.check(altered).stream().allMatch(Deviation::passed));
  }
}
