package io.precordia.api;

import io.precordia.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A service on a fresh data directory with the deterministic encoder and small limits. */
public final class ServiceUnderTest implements QuarkusTestResourceLifecycleManager {
  private Path data = Path.of("unset");

  @Override
  public Map<String, String> start() {
    try {
      data = Files.createTempDirectory("precordia-doors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "precordia.data", data.resolve("store").toString(),
        "precordia.model",
            Path.of("src", "test", "resources", "test-model").toAbsolutePath().toString(),
        "precordia.upload.max-request", "4M",
        "precordia.upload.max-file", "1M",
        "precordia.upload.max-files", "50",
        "precordia.upload.max-in-flight", "8M");
  }

  /** The engine and the doors open in the background; a machine under load takes a while. */
  public static void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (RestAssured.given().get("/q/health/ready").statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the service did not get ready");
      }
      Thread.sleep(50);
    }
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
