package io.precordia.api;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred kills under C-STORE; {@code -Dseed=N} draws other moments. */
@Tag("slow")
final class DimseKillSlowTest {
  @TempDir Path dir;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    new DimseKillCampaign(dir.resolve("data")).run(100, Long.getLong("seed", 1));
  }
}
