package io.precordia.api;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 damaged objects by C-STORE and 2,000 damaged conversations; {@code -Dseed=N} draws others.
 */
@Tag("slow")
final class MutantsSlowTest {
  @TempDir Path dir;

  @Test
  void damagedObjects() throws Exception {
    new MutantCampaign(dir.resolve("a")).objects(10_000, Long.getLong("seed", 1));
  }

  @Test
  void damagedPdus() throws Exception {
    new MutantCampaign(dir.resolve("b")).pdus(2_000, Long.getLong("seed", 1));
  }
}
