package io.precordia.workspace;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class KillCampaignTest {
  @TempDir Path data;

  @Test
  void aHundredKillsLoseNothingAndDoubleNothing() throws Exception {
    new KillCampaign(data).run(100, 20260102L);
  }
}
