package io.precordia.model.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.model.TinyModels;
import io.precordia.tensor.djl.DjlOps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Replays golden folders as the command does. */
final class GoldenFolders {
  private GoldenFolders() {}

  static List<Deviation> check(Path folder) {
    Parity parity =
        new Parity(
            ServiceLoader.load(Replay.class).stream().map(ServiceLoader.Provider::get).toList());
    try (DjlOps ops = DjlOps.cpu()) {
      return parity.check(folder, ops);
    }
  }

  static Path present(String name) {
    Path folder = TinyModels.golden(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), "no goldens beside the checkout");
    return folder;
  }

  static void assertAgrees(String name, int outputs) {
    List<Deviation> all = check(present(name));
    assertEquals(outputs, all.size());
    assertTrue(all.stream().allMatch(Deviation::passed), () -> name + ": " + all);
  }

  /** The same golden under another configuration. */
  static Path altered(String name, Path folder, String from, String to) throws IOException {
    try (Stream<Path> files = Files.list(present(name))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    String config = Files.readString(folder.resolve("config.json"));
    assertTrue(config.contains(from));
    Files.writeString(folder.resolve("config.json"), config.replace(from, to));
    return folder;
  }
}
