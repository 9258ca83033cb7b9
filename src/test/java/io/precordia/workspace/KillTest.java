package io.precordia.workspace;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  @TempDir Path data;

  @Test
  void fiveKillsLoseNothingAndDoubleNothing() throws Exception {
    new KillCampaign(data).run(5, 20260101L);
  }
}
