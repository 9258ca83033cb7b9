package io.precordia.packaged;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred kills of the packaged service under all doors; {@code -Dseed=N} draws other moments,
 * {@code -Dkills=N} another number.
 */
@Tag("slow")
final class DoorsKillSlowTest {
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    PackagedService.need();
    new DoorsKillCampaign(folder).run(Integer.getInteger("kills", 100), Long.getLong("seed", 1));
  }
}
