package io.precordia.api;

import io.precordia.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service on a fresh data directory with the weights of this repository. */
public final class ShippedModelService implements QuarkusTestResourceLifecycleManager {
  private Path data = Path.of("unset");

  @Override
  public Map<String, String> start() {
    try {
      data = Files.createTempDirectory("precordia-shipped");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "precordia.data", data.resolve("store").toString(),
        "precordia.model", Path.of("models", "precordia-more").toAbsolutePath().toString());
  }

  /** After {@link ServiceUnderTest}, which every Quarkus test has and which names another model. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    try {
      TestFolders.delete(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
