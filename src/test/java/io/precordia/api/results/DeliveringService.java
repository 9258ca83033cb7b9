package io.precordia.api.results;

import io.precordia.TestFolders;
import io.precordia.api.dicomweb.OrthancServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service with the shipped weights, a short quiet window and a folder that gets every result. */
public final class DeliveringService implements QuarkusTestResourceLifecycleManager {
  /** Longer than film and ECG of one request are ever processed apart. */
  private static final String QUIET = "5S";

  private static volatile Path root = Path.of("unset");
  private @Nullable OrthancServer archive;

  /** URL of the Orthanc that gets every result too; null where none is installed. */
  static @Nullable String orthanc() {
    return System.getProperty("results.test.archive");
  }

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
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "precordia.data",
                root.resolve("store").toString(),
                "precordia.model",
                Path.of("models", "precordia-more").toAbsolutePath().toString(),
                "precordia.completion.quiet",
                QUIET,
                "precordia.destinations.drop.kind",
                "folder",
                "precordia.destinations.drop.folder",
                root.resolve("out").toString(),
                "precordia.destinations.drop.results",
                "sr,sc,pm,gsps,ecg-sr"));
    OrthancServer.installed().ifPresent(program -> keys.putAll(archive(program)));
    return Map.copyOf(keys);
  }

  private Map<String, String> archive(Path program) {
    try {
      Path folder = Files.createDirectory(root.resolve("orthanc"));
      OrthancServer server = OrthancServer.start(program, folder, "http://127.0.0.1:1/dicomweb");
      archive = server;
      System.setProperty("results.test.archive", server.url());
      return Map.of(
          "precordia.dicomweb.peers.orthanc.url", server.url() + "/dicom-web",
          "precordia.destinations.archive.kind", "stow",
          "precordia.destinations.archive.peer", "orthanc",
          "precordia.destinations.archive.results", "sr,sc,pm,gsps,ecg-sr");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** After the resource that every Quarkus test has and which names another model. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    System.clearProperty("results.test.out");
    System.clearProperty("results.test.archive");
    if (archive != null) {
      archive.close();
    }
    try {
      TestFolders.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
