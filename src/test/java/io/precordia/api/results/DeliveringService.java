package io.precordia.api.results;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A service with the shipped weights, a short quiet window and a folder that gets every result. */
public final class DeliveringService implements QuarkusTestResourceLifecycleManager {
  private static volatile Path root = Path.of("unset");

  /** Where results go. */
  static Path out() {
    return Path.of(System.getProperty("results.test.out", root.resolve("out").toString()));
  }

  @Override
  public Map<String, String> start() {
    try {
      root = Files.createTempDirectory("precordia-results");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setProperty("results.test.out", root.resolve("out").toString());
    return Map.of(
        "precordia.data", root.resolve("store").toString(),
        "precordia.model", Path.of("models", "precordia-more").toAbsolutePath().toString(),
        "precordia.completion.quiet", "1S",
        "precordia.destinations.drop.kind", "folder",
        "precordia.destinations.drop.folder", root.resolve("out").toString(),
        "precordia.destinations.drop.results", "sr,sc,pm,gsps,ecg-sr");
  }

  /** After the resource that every Quarkus test has and which names another model. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    System.clearProperty("results.test.out");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
