package io.precordia.api;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two kills under C-STORE; {@link DimseKillSlowTest} has the hundred. */
final class DimseKillTest {
  @TempDir Path dir;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    new DimseKillCampaign(dir.resolve("data")).run(2, 5);
  }
}
