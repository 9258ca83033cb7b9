package io.precordia.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small campaign with a fixed seed; {@link MutantsSlowTest} is the long one. */
final class MutantsTest {
  @TempDir Path dir;

  @Test
  void damagedObjects() throws Exception {
    assertTrue(new MutantCampaign(dir.resolve("a")).objects(150, 11).size() >= 3);
  }

  @Test
  void damagedPdus() throws Exception {
    new MutantCampaign(dir.resolve("b")).pdus(60, 12);
  }
}
