package io.precordia.api;

import io.precordia.TestFolders;
import io.precordia.serve.generate.TinyLanguageModels;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with the deterministic encoder whose models folder holds a small language model. */
public final class LanguageModelService implements QuarkusTestResourceLifecycleManager {
  private Path dir = Path.of("unset");

  @Override
  public Map<String, String> start() {
    try {
      dir = Files.createTempDirectory("precordia-language");
      TinyLanguageModels.llama(dir.resolve("models").resolve("tiny-llama"), "");
      Path other = Files.createDirectories(dir.resolve("models").resolve("words"));
      Files.writeString(other.resolve("config.json"), "{\"model_type\":\"bert\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "precordia.data", dir.resolve("store").toString(),
        "precordia.models", dir.resolve("models").toString(),
        "precordia.model",
            Path.of("src", "test", "resources", "test-model").toAbsolutePath().toString());
  }

  @Override
  public void stop() {
    try {
      TestFolders.delete(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
