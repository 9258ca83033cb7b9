package io.precordia.packaged;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two kills of the packaged service under all doors; {@link DoorsKillSlowTest} has the hundred. */
@Tag("packaged")
final class DoorsKillTest {
  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLost() throws Exception {
    PackagedService.need();
    new DoorsKillCampaign(folder).run(2, 5);
  }
}
